/** 多席位协同的文字。 */

export const otherTexts = {
  none: (minutes: number) => `${minutes} 分钟内没有其他席位操作此警情`,
  reclassified: (what: string) => `您选择期间，警情已改判为 ${what}。您的选择还在；提交后以您的为准。`,
}

export type OtherTexts = typeof otherTexts
