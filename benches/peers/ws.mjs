// Node's ws as a peer of the push bench: prints its address, and sends everybody a frame for each
// byte on standard input. Run by `cargo bench --bench push -- --peers`.
import { WebSocketServer } from 'ws'
import { frame, orders } from './orders.mjs'

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 4096, perMessageDeflate: false })
server.on('listening', () => console.log(`127.0.0.1:${server.address().port}`))
orders((seq) => {
  const text = frame(seq)
  for (const client of server.clients) client.send(text)
})
