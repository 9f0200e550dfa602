/** 单位终端（手机）页文字。 */

export const unit = {
  noUnit: '此账号没有绑定警力。', none: '当前没有派警', noneHint: '有新派警时本页会提示并振动。',
  others: '其他派警', allSent: '已全部上传', toSend: (n: number) => `待上传 ${n} 条`, offline: '离线',
  duty: '勤务状态', dutyPost: '在岗学校', choosePost: '选择学校',
  primary: { acknowledge: '签收', en_route: '出警', arrive: '到达', feedback: '填写反馈', clear: '处置完毕' },
  arriving: (seconds: number) => `到达将在 ${seconds} 秒后上报`, undo: '撤回到达', decline: '拒派', declineReason: '拒派理由',
  reinforce: '请求增援', reinforceText: '需要什么增援', feedback: '现场反馈', feedbackText: '现场情况',
  feedbackKind: '反馈类型', moreFeedback: '补充反馈', refused: '未被接受', withdrawn: '此派警已撤回', dismiss: '知道了',
  newAssignment: (where: string) => `新派警：${where}`, caller: '报警电话', steps: '进度',
  checkIn: '到校签到', checkInHint: '巡逻到校时签到', checkInDone: '签到已提交',
  recent: '近期派警', mine: '本单位', since: '接警',
  tooLate: (what: string, why: string) => `“${what}”未被接受：${why}`,
  lateNote: (what: string, at: string, text: string) => `派警撤回后补报：${what}（本机时间 ${at}）${text && `：${text}`}`,
  noted: (what: string, at: string) => `派警已撤回，${at} 按下的“${what}”已作为补充反馈上报。`,
  gone: '此派警已不在本机名下，正在查询原因。',
  notKept: '本机浏览器不允许保存数据：关闭页面会丢失尚未上传的内容。',
  raise: {
    button: '上报警情', what: '选择类别后立即上报', where: '地点', done: (id: number) => `已上报，警情 ${id}`,
    post: '在岗学校', nearest: '最近的学校', visited: '上次签到', own: '本单位所在处', other: '其他学校',
    ownText: (name: string) => `${name}所在处`, waiting: '已记下，正在上报', summary: '说明（选填）',
  },
  location: {
    title: '上报位置', hint: '仅在勤务中上报，可随时关闭',
    state: {
      off: '未开启', off_duty: '未在勤务中，不上报', searching: '正在定位', reporting: '正在上报位置',
      denied: '浏览器未允许定位，请在浏览器设置中允许', unavailable: '本机无法定位',
    },
  },
  leave: {
    ask: (n: number) => `还有 ${n} 条未上传。退出后保留在本机，下次用此账号登录时上传。`, confirm: '仍然退出', stay: '不退出',
    left: '已退出。连上网络后将通知服务器。', offline: '没有网络，本机也没有登录。请连上网络后登录。',
  },
}
