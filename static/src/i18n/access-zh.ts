/** 登录、账号与会话的文字。 */

export const access = {
  code: '动态口令', codeHint: '输入验证器当前显示的 6 位数字；没有手机时输入一个恢复码。',
  device: '设备登录', deviceHint: '大屏和终端用管理员给的令牌登录。', deviceToken: '设备令牌',
  person: '账号登录', back: '返回', next: '继续',
  change: '更换密码', changeHint: '此密码由管理员设置或已到期，请换成只有您知道的密码。',
  newPassword: '新密码', currentPassword: '当前密码', changed: '密码已更换，其他地方的登录已失效。',
  enrol: '绑定动态口令',
  enrolHint: '此角色须用动态口令登录。用验证器应用扫描下图，再输入它显示的 6 位数字。',
  enrolOwnHint: '用验证器应用扫描下图，再输入它显示的 6 位数字。',
  qr: '动态口令二维码', manual: '不能扫描时手工输入密钥：', confirm: '确认绑定',
  recovery: '恢复码',
  recoveryHint: '手机不在身边时，每个恢复码可登录一次。只显示这一次：请抄写或打印，妥善保管。',
  saved: '我已保存恢复码', enter: '进入系统', print: '打印',
  mine: '我的账号', second: '动态口令', secondOn: '已绑定。如需更换手机，请管理员解除绑定。',
  secondOff: '未绑定。绑定后，登录除密码外还需要动态口令。', start: '开始绑定',
  sessions: '登录中的设备', sessionsAll: '全部登录', endSession: '结束', current: '本机', address: '地址', device_: '设备',
  opened: '登录时间', seen: '最近使用', expires: '到期', lockedMark: '已锁定',
  confirmEnd: (name: string) => `结束 ${name} 的这次登录？`, unknownDevice: '未知设备',
  locked: '席位已锁定', lockedHint: '画面继续更新。输入密码后可继续操作。', unlock: '解锁', lock: '锁定席位',
  browser: (browser: string, system: string) => `${browser} 浏览器 · ${system}`,
}

export type AccessMessages = typeof access
