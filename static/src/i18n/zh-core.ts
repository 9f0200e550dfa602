/** 各页共用的界面文字；手机页只有这些。 */

import { shared as labels } from './zh-labels-shared'
import { unit } from './zh-unit'

export const core = {
  product: '校园警情派警',
  labels,
  common: {
    send: '提交', cancel: '取消',
    close: '收起', more: '更多', all: '全部', none: '无', yes: '是', no: '否', unknown: '未知',
    sending: '正在提交…', loading: '正在载入…', retry: '重试', reload: '重新载入', required: '必填',
    optional: '选填', reason: '理由', text: '内容', unit: '警力', school: '学校', station: '派出所',
    category: '类别', severity: '紧急程度', source: '来源', mode: '性质', tier: '响应等级', zone: '区域',
    noMatch: '没有匹配项', language: '语言', logout: '退出登录', help: '帮助', switchTo: 'English',
    noAnswer: '服务器没有应答，内容已保留；再按一次即为重试，不会重复执行。',
    chooseFile: '选择文件', noFile: '未选择', console: '服务器命令行', system: '系统',
    requestId: (id: string) => `请求编号 ${id}`,
    list: '、',
    colon: '：', aside: (text: string) => `（${text}）`,
  },
  trust: {
    lost: '连接已中断', silent: (age: string) => `画面已 ${age} 未更新，显示的倒计时不可信`,
    reconnecting: '正在重新连接', live: '实时', loading: '正在取得当前警情…',
    ended: {
      session_ended: '登录已失效，请重新登录。', too_many_sockets: '此账号打开的窗口过多，本窗口不再更新。',
      message_too_big: '连接被拒绝，本窗口不再更新。',
    },
    skewed: (span: string) => `本机时钟与服务器相差 ${span}，显示以服务器时间为准`,
    serverTime: '服务器时间', exercise: (n: number) => `演练进行中：${n} 起演练警情`,
    test: '测试',
  },
  clock: {
    governing: '主计时', advisory: '参考', corrected: '已更正', limit: (limit: string) => `时限 ${limit}`,
    seconds: (n: number) => `${n} 秒`, minutes: (n: number) => `${n} 分钟`,
    waiting: '待派警起算', noClock: '咨询，不计时', due: (at: string) => `截止 ${at}`,
    reached: (at: string) => `达成 ${at}`, overdue: '超时', warning: '临近', running: '计时', met: '按时',
    late: '超时', void: '不计',
    words: {
      waiting: '未起算', running: '计时中', warning: '临近时限', overdue: '已超时', met: '按时到达',
      late: '超时到达', void: '不计时',
    },
    missed: '未到达', excused: '已说明',
  },
  alert: {
    number: (id: number) => `警情 ${id}`, tierOf: (tier: string) => `${tier}响应`,
    place: '地点', summary: '警情摘要', phone: '报警电话', receivedAt: '接警时间', reportedAt: '报警时间',
    occurredAt: '发生时间', resolvedAt: '处置完毕时间', closedAt: '办结时间', policy: '响应预案',
    raisedBy: '接警人', unassessed: '未研判', reinforcement: '请求增援', mergedInto: (id: number) => `已并入警情 ${id}`,
    merged: (ids: string) => `含警情 ${ids}`, reopened: (n: number) => `重开 ${n} 次`, hazard: '隐患挂账',
    hazardUntil: (at: string) => `整改期限 ${at}`, noSchool: '未指定学校', units: (n: number) => `${n} 个单位`,
    firstVerdict: '首次办结结论', callSchool: '学校联系人', imported: '导入的历史警情',
  },
  unit,
  weekdays: { Mon: '一', Tue: '二', Wed: '三', Thu: '四', Fri: '五', Sat: '六', Sun: '日' },
  announce: {
    alert: (what: string, where: string) => `新警情：${where}，${what}`,
  },
}
