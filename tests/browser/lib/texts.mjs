/** What can be read on a page, by eye or by screen reader. */

/** Every piece of text that is not hidden, and every attribute that is spoken or shown. */
export function textsOf(page) {
  return page.evaluate(() => {
    const found = new Set()
    const add = (text) => text?.trim() && found.add(text.trim())
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node
      // A list that is folded up is not drawn; what is only for screen readers is.
      if (!element.checkVisibility({ visibilityProperty: true })) continue
      // A command is for the machine and the same in every language.
      if (element.closest('code')) continue
      if (node.nodeType === Node.TEXT_NODE) {
        add(node.textContent)
      } else {
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) add(node.getAttribute(name))
      }
    }
    return [document.title, ...found]
  })
}

const RAW = [
  /\bundefined\b/, /\bNaN\b/, /\[object /, /\{\{|\}\}/, /=>/,
  // A key instead of its text: desk.raise, first_feedback_missed, dispatchSubmit.
  /\b[a-z]+(\.[a-z][A-Za-z]+)+\b/, /\b[a-z]+(_[a-z]+)+\b/, /\b[a-z]+[A-Z][a-z]+\b/,
]

/** Texts that look like a name of the code's instead of a word. */
export const rawAmong = (texts) => texts.filter((text) => RAW.some((pattern) => pattern.test(text)))
