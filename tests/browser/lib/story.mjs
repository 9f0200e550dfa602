/** Tests that tell one story: each builds on the ones before it. */

/**
 * Gives the function that adds the next test of the story `t`. Behind one that failed nothing is
 * tried any more: it could only fail slowly.
 */
export function story(t) {
  let broken = null
  return (name, tell) =>
    t.test(name, async (chapter) => {
      if (broken !== null) throw new Error(`not tried, since "${broken}" failed`)
      try {
        await tell(chapter)
      } catch (error) {
        broken = name
        throw error
      }
    })
}
