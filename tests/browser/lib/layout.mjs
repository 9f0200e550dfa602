/** Whether what is drawn can be read: nothing over something else, nothing cut off. */

/** Pairs of texts that are drawn over one another within `root`. */
export function overlapsIn(root) {
  return root.evaluate((element) => {
    /** What is left of a box within everything around it that cuts off what stands out. */
    function seen(box, parent) {
      let { left, top, right, bottom } = box
      for (let around = parent; around; around = around.parentElement) {
        if (getComputedStyle(around).overflow === 'visible') continue
        const edge = around.getBoundingClientRect()
        left = Math.max(left, edge.left)
        top = Math.max(top, edge.top)
        right = Math.min(right, edge.right)
        bottom = Math.min(bottom, edge.bottom)
      }
      return { left, top, right, bottom }
    }
    const drawn = []
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const isForEyes = !node.parentElement.closest('.visually-hidden') && node.parentElement.checkVisibility()
      if (!node.textContent.trim() || !isForEyes) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) drawn.push({ node, text: node.textContent.trim(), box: seen(box, node.parentElement) })
    }
    const isOver = ({ node: one, box: a }, { node: other, box: b }) =>
      one !== other &&
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
    const pairs = drawn.flatMap((one, at) =>
      drawn.slice(at + 1).filter((other) => isOver(one, other)).map((other) => `${one.text} / ${other.text}`),
    )
    return [...new Set(pairs)]
  })
}

/** Buttons of words alone whose text is wider than they are, less a little air at both ends. */
export function crampedIn(page) {
  return page.locator('button:visible').evaluateAll((buttons) => {
    const air = 2
    return buttons
      .filter((button) => button.childElementCount === 0)
      .filter((button) => {
        const range = document.createRange()
        range.selectNodeContents(button)
        const text = range.getBoundingClientRect()
        const box = button.getBoundingClientRect()
        return text.left < box.left + air || text.right > box.right - air
      })
      .map((button) => button.innerText)
  })
}
