/** Tells the page to tell when what it changed has been painted. */

/** Installs `window.afterPaint(then)` in every document of a page to come. */
export const givePaintTime = (page) => page.addInitScript(`window.afterPaint = ${afterPaint}`)

/** The first task after the frame's own callback runs when it has been painted. */
function afterPaint(then) {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = then
    port2.postMessage(null)
  })
}
