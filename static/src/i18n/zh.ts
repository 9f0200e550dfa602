/** 中文界面文字。各页文字按页分组；枚举名称见 zh-labels。 */

import { access } from './access-zh'
import { core } from './zh-core'
import { alarmTexts } from '@/alarms/text.zh'
import { dispatchTexts } from '@/desk/dispatch/text.zh'
import { replayTexts } from '@/replay/text.zh'
import { reportTexts } from '@/report/text.zh'
import { figures } from './zh-figures'
import { handoverTexts } from '@/desk/handover/text.zh'
import { keyTexts } from '@/desk/keys/text.zh'
import { otherTexts } from '@/desk/others/text.zh'
import { mapTexts } from '@/map/text.zh'
import { labels } from './zh-labels'
import { reports } from './zh-reports'
import { wall } from './zh-wall'

export const messages = {
  ...core,
  labels,
  access,
  reports,
  figures,
  alarms: alarmTexts,
  dispatch: dispatchTexts,
  replay: replayTexts,
  report: reportTexts,
  handover: handoverTexts,
  keys: keyTexts,
  others: otherTexts,
  map: mapTexts,
  entry: {
    login: '登录', account: '账号', password: '密码', enter: '登录', wrong: '账号或密码不正确。',
    expired: '登录已失效，请重新登录。', demo: '演示登录', demoHint: '以下为演示账号，数据均为虚构示例。',
    setupNeeded: '系统尚未设置。请使用服务器启动时在控制台显示的一次性链接建立首个管理员。',
    setup: '首次设置', setupHint: '建立首个管理员账号。本链接只能使用一次。',
    setupNoToken: '本页需要服务器控制台显示的一次性链接（/setup#…）。请从控制台复制完整链接后打开。',
    setupDone: '管理员已建立，请登录。', create: '建立管理员',
    repeat: '再次输入密码', mismatch: '两次输入的密码不一致。', goLogin: '前往登录',
    noPage: '此账号没有可用的页面。', notFound: '没有这个页面。', home: '回到首页',
    passwordHint: '请使用较长的密码，并妥善保管。',
  },
  desk: {
    raise: '接警登记', raiseHint: 'F2 新警情 · Enter 提交', raised: (id: number) => `警情 ${id} 已登记`,
    schoolHint: '名称、拼音首字母或代码', categoryHint: '名称、拼音首字母或代码', placeHint: '学校以外的地点，或校内具体位置',
    summaryHint: '一句话说明', phoneHint: '仅接处警员和值班长可见', defaultSeverity: '按类别默认',
    needWhere: '请选择学校或填写地点。', needCategory: '请选择类别。', submit: '登记警情',
    duplicates: '可能重复的警情', openDuplicate: '查看',
    waiting: '待派警', active: '处置中', ended: '24 小时内结束', hazards: '含未整改隐患',
    empty: { waiting: '没有待派警的警情', active: '没有处置中的警情', ended: '24 小时内没有结束的警情' },
    frozen: '排序已暂停', frozenHint: '指针或焦点在列表内时不重新排序', units: '警力', unitsFilter: '筛选警力',
    free: '可派', busy: '出警中', away: '不可派', noUnits: '没有匹配的警力',
    select: '选择左侧一起警情查看详情', clocks: '计时', assignments: '派警单', timeline: '经过', feedback: '反馈',
    notes: '备注', noAssignments: '尚未派警', alarms: '需要处理',
    positionStale: '位置已过时',
    posted: (school: string) => `在岗：${school}`, search: '查找警情', gone: '没有这起警情，或无权查看。',
    pressedAt: (at: string) => `终端时间 ${at}`, echelon: (n: number) => `第 ${n} 梯队`, stacked: '叠加派警',
    onBehalf: '代为操作',
  },
  act: {
    title: '操作', dispatch: '派警', reclassify: '改判', note: '备注', feedback: '反馈', resolve: '处置完毕',
    close: '办结', cancel: '撤销', reopen: '重开', merge: '合并', unmerge: '解除合并',
    turnActual: '演练转实警', excuse: '时限说明', deferHazard: '隐患挂账', fixHazard: '隐患销账',
    chooseUnits: '选择警力', chosen: (n: number) => `已选 ${n} 个`, dispatchHint: 'F8 派警；可多选',
    dispatchSubmit: (n: number) => (n > 1 ? `派出 ${n} 个单位` : '派出'), echelon: '梯队',
    stack: '仍然叠加派警', stackHint: '所选警力正在处置其他警情。确认后将同时承担两起警情。',
    newCategory: '改为类别', newSeverity: '改为紧急程度', newTier: '指定响应等级', keepTier: '按预案选择',
    downgradeNote: '降级须由值班长操作并写明理由。', unchanged: '没有改动。',
    result: '处置结果', resultText: '结果说明', closeNeeds: '办结要件',
    need: {
      disposition: '处置结果', result: '结果说明', arrival: '到场，或未到场理由', police_count: '出动警力数',
      injured_count: '受伤人数（可为 0）', validity: '有效性', units_cleared: '所有派警单已结束',
    },
    needDone: '已具备', needOpen: '还缺', noArrivalReason: '未到场理由', policeCount: '出动警力数',
    injuredCount: '受伤人数', validity: '有效性', mergeInto: '并入警情', mergeChoose: '选择主警情',
    mergeHint: '主警情的计时将从两者中较早的接警时间起算。', feedbackKind: '反馈类型',
    ofUnit: '来自警力', nobody: '接处警员', chooseClock: '选择计时', informed: '已告知', measure: '临时措施',
    dueAt: '整改期限', done: '已提交',
    withdraw: '撤回', withdrawReason: '撤回理由', acknowledgeFor: '代签收', enRouteFor: '代报出警',
    arriveFor: '代报到达', clearFor: '代报处置完毕', choose: '请选择',
  },
  wall,
  stats: {
    title: '反应时间统计', from: '起始日', to: '截止日', group: '分组',
    groups: {
      tier: '响应等级', day: '日期', station: '派出所', school: '学校', category: '类别', severity: '紧急程度',
      zone: '区域', source: '来源', week: '周', month: '月', hour: '时段', weekday_hour: '星期时段', unit: '警力',
    },
    peak: '高峰时段', peaks: { true: '高峰内', false: '高峰外' }, interval: '95% 区间', before: '上一等长时段',
    weekdayHour: (day: string, hour: string) => `周${day} ${hour}`,
    total: '合计', alerts: '警情', n: 'n', onTime: '规定时间到达率', adjusted: '剔除已说明后',
    met: '按时', late: '迟到', missed: '未到达', breaching: '超时未到', excused: '已说明',
    leftOut: '未计入', leftOutReasons: {
      test: '测试', merged: '并入', inquiry: '咨询', ended_early: '时限前结束', advisory: '参考计时', pending: '计时中',
    },
    measures: {
      response: '反应时间', handling: '接派警', acknowledgement: '签收', turnout: '出警', travel: '途中', control: '控制',
      first_feedback: '首次反馈', result_feedback: '结果反馈', close: '办结',
    },
    measureHints: {
      response: '首个计入警力到场 − 接警', handling: '首次派警 − 接警', acknowledgement: '签收 − 派警（每张派警单）',
      turnout: '出警 − 派警', travel: '到场 − 出警', control: '最后处置完毕 − 首次到场',
      first_feedback: '首次反馈 − 首次到场', result_feedback: '首次结果反馈 − 首次派警', close: '办结 − 接警',
    },
    measure: '指标', max: '最大', few: 'n 不足 10 时只列最大值，不列分位数',
    buckets: 'N 分钟到达', within: (n: number) => `≤ ${n} 分`, needed: '应到场', arrived: '到场数',
    period: (from: string, to: string) => `统计期 [${from}, ${to})，上海时间，按接警时间归入`,
    asOf: (at: string) => `未结警情判定截至 ${at}`, position: (seq: number) => `记录位置 ${seq}`,
    start: '计时起点：接警', policies: '预案', policyAlerts: (n: number) => `${n} 起`,
    csv: '导出 CSV', none: '该时段没有警情', rate: '按时率', percentiles: '分位数（秒）',
    unknownGroup: '未归类', definition: '按时 ÷（按时 + 迟到 + 未到达 + 超时未到 + 已说明）',
    days: '天', presets: { today: '今天', week: '近 7 天', month: '近 30 天' }, badRange: '截止日不能早于起始日。',
  },
  admin: {
    tabs: { policy: '响应预案', schools: '学校', stations: '派出所', units: '警力', accounts: '账号', sessions: '登录' },
    notNational: '本地可配置，非国家标准', current: '现行预案', version: (n: number) => `版本 ${n}`,
    effective: (at: string) => `自 ${at} 起生效`, fromBeginning: '自始生效', rules: '计时规则', rule: '规则', limit: '时限', warn: '预警', when: '适用',
    who: '计入', point: '起止', goal: '目标', kind: '性质', governing: '主计时', beside: '并行', advisory: '参考',
    any: '任何', anyAlert: '任何警情', anyPolice: '任何警力', atLeast: (n: number) => `至少 ${n} 个`, echelons: (list: string) => `第 ${list} 梯队`,
    peak: '高峰', offPeak: '非高峰', budgets: '环节时限', budget: {
      dispatch_ms: '派警', acknowledge_ms: '签收', turnout_ms: '出警', first_feedback_ms: '首次反馈', result_ms: '结果反馈',
    },
    preset: '预设方案', adopt: '启用此预案', adoptHint: '只影响启用之后接到的警情；已接警情仍按原预案判定。',
    preview: {
      ask: '预览：近 30 天会怎样', none: '近 30 天没有已处置的警情可供比较。', onTime: '按时率', counted: '计入 / 已处置',
      before: '原判定', after: '按此预案',
      changes: (gained: number, lost: number) => `改判为按时 ${gained} 条，不再按时 ${lost} 条。仅预览，不改变任何记录。`,
      withoutRule: (n: number) => `另有 ${n} 条由主管指定等级，此预案没有该等级的规则，未列入比较。`,
    },
    inForce: '现行', start: { received: '接警', reported: '报警', dispatched: '派警' },
    end: { acknowledged: '签收', en_route: '出警', arrived: '到达', cleared: '处置完毕' },
    presets: {
      'school-135-default': '紧急程度与区域取较慢者', 'severity-only': '按紧急程度', 'zone-only': '按区域',
      'echelon-135': '三级梯队', 'school-mutual-135': '校园互助', 'stage-135': '按环节',
    },
    id: '编号', name: '名称', position: '位置', contact: '联系人', leader: '责任领导', liaison: '联络员', duty: '勤务',
    windows: '高峰勤务', posts: (n: number) => `${n} 岗`, filter: '筛选', count: (n: number) => `${n} 条`, role: '角色',
    addAccount: '新建账号', password: '初始密码', disable: '停用', disabled: '已停用', active: '正常',
    confirmDisable: (name: string) => `停用后，${name} 的全部登录立即失效。`, added: (name: string) => `账号 ${name} 已建立`,
    token: '访问令牌（只显示这一次，请立即保存）：', unitNeeded: '警力账号须绑定一个警力。',
  },
}

export type Messages = typeof messages
