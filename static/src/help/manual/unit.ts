/** The manual of a unit with its phone. */

import type { Bilingual } from './shape'

export const unit: Bilingual = {
  'zh-CN': {
    title: '警力（手机）手册',
    lead: '一次只有一个大按钮；按下的一条也不会丢。',
    sections: [
      {
        title: '装到手机上',
        steps: [
          '用手机浏览器打开本系统的地址（须为 HTTPS），用本单位的账号登录。',
          '在浏览器菜单中选“添加到主屏幕”或“安装应用”。以后从桌面图标进入，没有网络也能打开。',
          '第一次有派警前，请允许通知声音与振动所需的系统设置，并关闭浏览器的省电限制。',
        ],
      },
      {
        title: '一起派警的经过',
        text: ['新派警到达时手机振动，页面自动告知中心“已送达”。有派警未结束时，屏幕保持常亮。'],
        steps: [
          '“签收”：我看到了。',
          '“出警”：我出发了。签收与出警是两个时间点，请分别按。',
          '“到达”：我到现场了。5 秒内可以撤回，之后才上报。',
          '“填写反馈”：一句话写现场情况，然后“处置完毕”。',
        ],
        picture: { name: 'phone', alt: '手机页：一起派警、倒计时、进度和一个大按钮' },
      },
      {
        title: '没有网络时',
        text: [
          '照常按。每次按下都连同编号和时间先存入手机，再依次上报，得到应答后才删除。刷新、关机、没电都不会丢失。',
          '顶部一行始终写明：已全部上传、待上传几条、或离线。没上报的一步用虚线标出，写着您按下的时间；判定以服务器时间为准，按下的时间保留在旁边。',
          '离线期间派警被撤回的，连上后会告诉您；那段时间按下的作为补充反馈上报，不会丢失。',
        ],
        picture: { name: 'phone-offline', alt: '手机页在离线状态：顶部写明离线和待上传条数' },
      },
      {
        title: '上报自己发现的警情',
        steps: ['按“上报警情”。', '按类别，立即上报。地点已按在岗学校、最近的学校或上次签到选好，需要时先改。'],
        picture: { name: 'phone-raise', alt: '上报警情：类别按钮和地点选择' },
      },
      {
        title: '拒派、增援、勤务、签到、位置',
        text: [
          '出警前可以“拒派”，须写理由，警情会回到接处警员处。签收后可以“请求增援”。',
          '勤务状态由您自己切换；“到校签到”记录一次到校巡逻，没有网络时先存后报。',
          '“上报位置”由您选择，只在勤务中上报，约每 20 秒一次，可随时关闭。中心据此估算谁最快到场。',
        ],
      },
      {
        title: '退出登录',
        text: ['退出后手机上不再保留任何派警，也不再收到任何内容。没有网络时退出同样立即生效，连上网络后再通知服务器。尚未上传的按键保留在本机，下次用同一账号登录时上传。'],
      },
    ],
  },
  en: {
    title: 'Manual for units (phone)',
    lead: 'One large button at a time; nothing you press is lost.',
    sections: [
      {
        title: 'Put it on the phone',
        steps: [
          'Open this system’s address in the phone’s browser (it has to be HTTPS) and log in with your unit’s account.',
          'Choose Add to home screen or Install app in the browser’s menu. From then on the icon opens it, without network too.',
          'Before the first assignment allow vibration and sound in the phone’s settings, and take the browser out of battery saving.',
        ],
      },
      {
        title: 'An assignment from beginning to end',
        text: ['A new assignment makes the phone vibrate, and the page tells the centre by itself that it has arrived. The screen stays on while an assignment is open.'],
        steps: [
          'Acknowledge: I have seen it.',
          'En route: I am on my way. These are two points in time; please press both.',
          'Arrived: I am there. It can be taken back for 5 s and is sent after that.',
          'Feedback: one line on what happens here. Then Cleared.',
        ],
        picture: { name: 'phone', alt: 'The phone: an assignment, its countdown, its progress and one large button' },
      },
      {
        title: 'Without network',
        text: [
          'Press as usual. Each press is stored on the phone with an id and its time, then sent in order, and removed once it is answered. It survives a reload, switching off and an empty battery.',
          'The line on top always says: all sent, so many to send, or offline. A step not sent yet has a dashed line and the time you pressed. The server’s time judges; the time you pressed is kept and shown beside it.',
          'When an assignment was withdrawn meanwhile you are told as soon as there is a network. What you pressed becomes a supplementary report: none of it is lost.',
        ],
        picture: { name: 'phone-offline', alt: 'The phone without network: the line on top says offline and how many are to be sent' },
      },
      {
        title: 'Report what you found yourself',
        steps: ['Press Report an alert.', 'Press the category: it is reported at once. The place is chosen already, from your post, the nearest school or your last check-in; change it first where needed.'],
        picture: { name: 'phone-raise', alt: 'Reporting an alert: buttons for the category and the choice of place' },
      },
      {
        title: 'Decline, reinforcement, duty, check-in, position',
        text: [
          'Before you are en route you may decline, with a reason; the alert goes back to the operator. After acknowledging you may ask for reinforcement.',
          'You change your duty yourself. Check in records a patrol’s visit to a school; without network it is kept and sent later.',
          'Reporting your position is your choice. It happens on duty only, about every 20 s, and can be turned off at any time. The centre estimates by it who arrives first.',
        ],
      },
      {
        title: 'Log out',
        text: ['After logging out nothing of any assignment stays on the phone and nothing more is received. Without network it takes effect at once too, and the server is told later. What was not sent yet stays on the device and is sent at the same account’s next login.'],
      },
    ],
  },
}
