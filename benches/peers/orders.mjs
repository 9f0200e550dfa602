// What the peers in Node share: orders from the driver, and frames as long as the product's.
const length = Number(process.argv[2])
if (!(length > 100)) throw new Error('usage: node PEER.mjs LENGTH-OF-A-FRAME')

/** Calls back with 1, 2, 3 … for each byte on standard input; ends with it. */
export function orders(take) {
  let seq = 0
  process.stdin.on('data', (bytes) => {
    for (let count = 0; count < bytes.length; count += 1) take((seq += 1))
  })
  process.stdin.on('end', () => process.exit(0))
}

/** The text of a frame, as long as asked with its head of four bytes. */
export function frame(seq) {
  const head = `{"frame":"change","seq":${seq},"text":"`
  return head + 'x'.repeat(Math.max(0, length - 4 - head.length - 2)) + '"}'
}
