/** 交接班清单的文字。 */

export const handoverTexts = {
  title: '交接班清单', link: '交接班', asOf: (at: string) => `数据时间 ${at}`, by: (account: string) => `交班席位 ${account}`,
  back: '返回接处警台', print: '打印', overdue: '超时或有报警', open: '其他未结', hazards: '未整改隐患', unseen: '未知悉的报警', bound: '不可用的警力',
  number: '编号', what: '警情', stands: '进展', last: '最近反馈或备注', signatures: ['交班人', '接班人', '值班长'],
}

export type HandoverTexts = typeof handoverTexts
