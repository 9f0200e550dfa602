/** 统计页上图表、清单、推演与核查提示的文字。 */

export const figures = {
  measureOf: (name: string, which: string) => `${name} ${which}`,
  chart: { heat: '星期 × 时段', trend: '趋势', groups: '分组对比', table: '对应数据表', hint: '点按图中一格可查看其警情清单' },
  heatOf: { alerts: '警情数', rate: '规定时间到达率', p90: 'p90' },
  shown: '显示', steps: { day: '按日', week: '按周', month: '按月' }, step: '间隔', hour: '时',
  worst: (n: number) => `到达率最低的 ${n} 组`, fewShort: (n: number) => `n=${n}，不足 10`,
  compare: {
    title: '与上一等长时段比较', now: '本期', before: '上期', change: '变化', points: (n: string) => `${n} 个百分点`,
    same: '持平', few: 'n 不足 10，不作比较',
  },
  list: {
    title: '警情清单', of: (figure: string, group: string) => `${figure} · ${group}`, total: (n: number) => `共 ${n} 项`,
    within: (limit: string) => `${limit}内`, id: '编号', received: '接警时间', what: '类别', where: '地点', span: '时长',
    tier: '等级', verdict: '结论', unit: '警力', more: '再显示一些', none: '没有对应的警情。', close: '关闭清单',
    open: (figure: string) => `${figure}：查看警情清单`,
  },
  names: {
    alerts: '警情', n: '计入到达率', met: '按时', late: '迟到', missed: '未到达', breaching: '超时未到', excused: '已说明',
    test: '未计入：测试', merged: '未计入：并入', inquiry: '未计入：咨询', ended_early: '未计入：时限前结束',
    advisory: '未计入：参考计时', pending: '未计入：计时中', needed: '应到场', valid: '有效警情', false_alarm: '误报',
    malicious: '恶意报警', duplicate: '重复警情', declined: '拒派', reopened: '重开', response: '反应时间', handling: '接派警',
    acknowledgement: '签收', turnout: '出警', travel: '途中', control: '控制', first_feedback: '首次反馈',
    result_feedback: '结果反馈', close: '办结',
  },
  definitions: {
    alerts: '统计期内接到、符合筛选条件的警情。', n: '有结论的警情：按时、迟到、未到达、超时未到、已说明之和。',
    met: '主计时在时限内达成，恰在时限也算。', late: '主计时在时限之后才达成。', missed: '超过时限后结束，始终没有达成。',
    breaching: '尚未结束，已超过时限。', excused: '迟到或未到达，主管已说明理由；原始到达率仍计入。',
    test: '测试警情，不计时。', merged: '已并入其他警情。', inquiry: '咨询（L0），没有时限。', ended_early: '时限之前结束，没有派到警力。',
    advisory: '主计时只作参考。', pending: '尚未结束，仍在时限之内。', needed: '已有结论、需要警力到场的警情。',
    valid: '办结时认定有效。占全部接警的比例。', false_alarm: '办结时认定误报。占全部接警的比例。',
    malicious: '办结时认定恶意。占全部接警的比例。', duplicate: '办结时认定重复，或已并入其他警情。占全部接警的比例。',
    declined: '至少有一个警力拒派。占全部接警的比例。', reopened: '办结后重开过。占全部接警的比例。',
    response: '首个计入警力到场 − 接警', handling: '首次派警 − 接警', acknowledgement: '签收 − 派警，每张派警单一项',
    turnout: '出警 − 派警，每张派警单一项', travel: '到场 − 出警，每张派警单一项', control: '最后处置完毕 − 首次到场',
    first_feedback: '首次反馈 − 首次到场', result_feedback: '首次结果反馈 − 首次派警', close: '办结 − 接警',
  },
  endings: { title: '警情结果（占全部接警）' },
  buckets: {
    title: '通报时限表', acknowledgement: '签收', turnout: '出警', feedback: '结果反馈', arrival: '到场',
    limit: (seconds: number) => seconds < 60 ? `≤ ${seconds} 秒` : seconds < 3600 ? `≤ ${seconds / 60} 分` : `≤ ${seconds / 3600} 小时`,
    note: '签收、出警自派警起算；结果反馈自首次派警起算；到场自接警起算。',
  },
  whatIf: {
    title: '推演：换一个预案会怎样', label: '推演结果', note: '仅对本期已处置的警情按所选预案重新判定，不改变任何记录。',
    policy: '预案', file: '预案文件', run: '开始推演', original: '原判定', candidate: '推演', none: '本期没有已处置的警情。',
    newlyMet: '改判为按时', noLonger: '不再按时', without: (n: number) => `另有 ${n} 条由主管指定等级，此预案没有该等级的规则，未列入。`,
    badFile: '这个文件不是一份预案。请选择由本系统导出的预案文件。',
  },
  hints: {
    title: '数据核查提示', note: '以下只是值得留意的现象，附样本数；不是对任何人的指责。偶然也会出现。',
    kinds: {
      just_under_limit: '到场时间紧贴时限之前', same_second: '同一秒内到达不同警情', no_arrival: '办结但无人到场',
      tier_lowered: '起算后降低等级',
    },
    explain: {
      just_under_limit: '时限前 5% 的一段内的到场数 ÷ 时限前后共三段的到场数；均匀时约为三分之一。',
      same_second: '与另一警情的到场落在同一秒的到场数 ÷ 全部到场数。', no_arrival: '没有任何到场时间的警情 ÷ 已办结警情。',
      tier_lowered: '现时限长于首次研判时的警情 ÷ 首次研判时有时限的警情。',
    },
    kind: '现象', seen: '出现 / 样本', share: '占比', interval: '95% 区间', expected: '参照', look: '是否值得留意',
    yes: '值得留意', no: '未见异常', alerts: '警情',
  },
  exercise: '演练统计：以下只含演练警情，与真实警情分开计算。', testing: '测试统计：以下只含测试警情。',
  print: '打印', filterLine: '筛选条件', head: (seq: number) => `记录链位置 ${seq}`,
  anySchool: '全部学校', anyStation: '全部派出所', anyUnit: '全部警力',
}
