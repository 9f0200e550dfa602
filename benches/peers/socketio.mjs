// socket.io as a peer of the push bench: prints its address, and sends everybody an event for each
// byte on standard input. Run by `cargo bench --bench push -- --peers`.
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { frame, orders } from './orders.mjs'

const http = createServer()
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false })
http.listen(0, '127.0.0.1', 4096, () => console.log(`127.0.0.1:${http.address().port}`))
orders((seq) => io.emit('change', JSON.parse(frame(seq))))
