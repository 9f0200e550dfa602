/** Small pictures: the browser itself packs a screenshot as WebP. */

/** `screenshot` is a PNG; gives the same picture as WebP, `width` pixels wide. */
export async function webpOf(browser, screenshot, width, quality = 0.6) {
  const page = await browser.newPage()
  try {
    const packed = await page.evaluate(async ([source, wide, fine]) => {
      const blob = await (await fetch(source)).blob()
      const picture = await createImageBitmap(blob)
      const high = Math.round((picture.height * wide) / picture.width)
      const canvas = Object.assign(document.createElement('canvas'), { width: wide, height: high })
      const brush = canvas.getContext('2d')
      brush.imageSmoothingQuality = 'high'
      brush.drawImage(picture, 0, 0, wide, high)
      return canvas.toDataURL('image/webp', fine)
    }, [`data:image/png;base64,${screenshot.toString('base64')}`, width, quality])
    return Buffer.from(packed.slice(packed.indexOf(',') + 1), 'base64')
  } finally {
    await page.close()
  }
}
