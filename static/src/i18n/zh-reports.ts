/** 报告页的文字；报告里的标题、口径和数字由服务器按所选语言给出。 */

export const reports = {
  tabs: { bulletin: '周通报', campaign: '工作总结', sampling: '抽查' },
  tabsLabel: '报告种类',
  from: '自', to: '至', week: '周', mode: '性质', station: '派出所', allStations: '全部派出所',
  weekBefore: '上一周', weekAfter: '下一周',
  spans: { month: '近 30 天', quarter: '近 90 天', year: '近一年' },
  badRange: '起始日期不能晚于结束日期，请改正。',
  take: '导出', print: '打印', xlsx: '导出表格 XLSX', csv: '导出 CSV',
  nothing: '这一部分没有记录。',
  more: (n: number) => `另有 ${n} 行，导出表格和 CSV 中全部列出。`,
  basis: '数据依据',
  draw: {
    title: '抽取警情', seed: '种子', dice: '随机取种子', size: '抽取数量', submit: '抽取',
    hint: '同一种子、同一期间抽出同一名单，任何人都能复核。期间须已结束，只抽已办结的警情，按派出所分层。',
    drawn: (n: number) => `已抽取 ${n} 起。`,
  },
  list: {
    title: '历次抽查', none: '还没有抽查。', number: (id: number) => `第 ${id} 号`,
    period: '期间', seed: '种子', handled: '已办结', drawn: '抽中', scored: '已评定',
    rate: '合格率', interval: '95% 区间', by: '抽取人', open: '查看', back: '返回列表',
  },
  score: {
    alerts: '抽中警情', result: '处置情况', noResult: '（没有处置情况）', received: '接警时间',
    disposition: '处置结果', verdict: '时限结论', corrections: (n: number) => `更正或说明 ${n} 处`,
    found: (mark: string) => `记录显示：${mark}`, person: '由人评定',
    remark: '说明（有不合格项时必填）', submit: '提交评定', again: '修改评定', passed: '合格', failed: '不合格',
    open: '未评定', by: (who: string, at: string) => `${who} 于 ${at} 评定`,
    incomplete: '请逐项评定。', start: '评定',
    marks: { pass: '合格', fail: '不合格', not_applicable: '不适用' },
  },
}
