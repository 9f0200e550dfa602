/** The operator's manual; what only a supervisor may do says so. */

import type { Bilingual } from './shape'

export const operator: Bilingual = {
  'zh-CN': {
    title: '接处警员与值班长手册',
    lead: '从接警到办结，全部可以用键盘完成。',
    sections: [
      {
        title: '接警台一览',
        text: [
          '左侧登记新警情，中间是待派警与处置中的警情，右侧是所选警情的详情、计时与经过，以及警力。排序为超时、临近、未结、已完，再按剩余时间；指针或焦点在列表内时排序暂停，不会在手下移动。',
          '红色只表示超时，琥珀色只表示临近时限，蓝色表示可以按。每种状态另有符号和文字，黑白也能读懂。时间是服务器的 24 小时时间，超时写作加号和分秒，从不四舍五入成达标。',
        ],
        picture: { name: 'desk', alt: '接警台：左为登记与列表，右为所选警情的计时、派警单和警力' },
      },
      {
        title: '登录与锁定',
        steps: [
          '用自己的账号和密码登录。首次登录须换掉管理员给的密码。',
          '绑定了动态口令的，再输入手机上的六位数字；手机不在身边时，输入一个恢复码，每个只能用一次。',
          '离开席位 15 分钟后接警台自动锁定：画面和报警照常，输入密码即可继续，写到一半的内容还在。',
          '点右上角自己的名字，可改密码、绑定动态口令、结束别处的登录。',
        ],
      },
      {
        title: '十秒内登记一起警情',
        steps: [
          '按 F2，输入学校的名称、拼音首字母或代码，Enter 选中。',
          '同样选择类别；紧急程度按类别给出默认值，需要时再改。',
          '写一句话，按 Enter 提交。登记时刻即为接警时间，计时由此开始。',
          '输入时下方会列出可能重复的警情：先看一眼再提交。系统只提示，从不自动合并。',
        ],
        text: ['输入的内容在刷新、断线或切换警情后都不会丢失。没有应答时再按一次即为重试，不会登记两次。'],
      },
      {
        title: '派警',
        steps: [
          '选择警情后按 F8，候选警力按能否赶上时限排列。',
          '每个警力旁写明状态、距离、预计秒数、还能赶上哪些计时，以及派出后哪些学校会失去覆盖。',
          'Enter 选中，可多选；再按 Enter 派出。F9 直接派出最优警力。',
        ],
        text: [
          '正在处置其他警情的警力须确认“仍然叠加派警”。两席同时派同一警力时，后到的一席会看到当前状态，不会派出两次。',
          '要致电学校时点“学校联系人”：号码此时才显示，谁看过会留下记录。',
          '到场时间是估算：直线距离乘道路系数，按警力类型的平均速度。位置超过 60 秒的警力标为已过时。',
        ],
        picture: { name: 'desk-dispatch', alt: '派警：候选警力及其距离、预计秒数和能赶上的计时' },
      },
      {
        title: '地图',
        steps: [
          'F10 展开或收起地图。图形与字母表示学校、派出所和各类警力，三角为警情。',
          '选中警情后，虚线圈是 1、3、5 分钟的大致范围；方向键移动，+ − 缩放。',
          '点图上的警情即打开它；“全部”回到全域。',
        ],
        picture: { name: 'desk-map', alt: '地图：所选警情、周围的警力与 1、3、5 分钟范围' },
      },
      {
        title: '报警：签收、知悉、消音是三件事',
        text: [
          '报警只用于需要有人马上处理的事：超时未派警、超时未签收、临近或超过时限、警力失联、反馈逾期。其余只进入列表，不发声。',
          '签收由警力完成，推动派警单；知悉由接处警员按下，停止这条报警的闪烁与声音，并记下是谁、何时，不改变任何计时；消音只静音本席 60 秒，有新报警立即再响。',
          '状态依次为：未知悉（红色、符号闪烁、鸣响）、已知悉（红色、不闪）、已解除但未知悉（空心，看过才消失）。10 分钟内超过 10 条为报警泛滥：按警力和学校归组，最多每 30 秒响一次，一条也不丢弃。',
        ],
        steps: ['F4 到报警列表，方向键移动，Enter 打开警情，Space 知悉。', 'F6 消音。', '浏览器未允许发声时页面会写明；用“试音”检查。'],
        picture: { name: 'desk-alarms', alt: '报警列表：每条写明原因、学校、时间与是否知悉' },
      },
      {
        title: '改判、合并、撤销',
        text: [
          '升级可由接处警员操作，计时仍从原来的起点算；新的时限若已过去，立即判为超时。降级、指定响应等级、更正时间节点、时限说明和重开只能由值班长操作，须写理由，原值保留。',
          '合并后主警情的起点取较早的接警时间，办结前可以解除合并。演练可以转为实警，不能反过来。',
        ],
      },
      {
        title: '处置完毕与办结',
        text: [
          '办结只能由接处警员操作。表单列出办结要件：处置结果、结果说明、到场或未到场理由、出动警力数、受伤人数（可为 0）、有效性，以及所有派警单已结束；缺什么，写在旁边。',
          '隐患不能当场整改的，填临时措施、已告知谁和整改期限，挂账到销账为止。',
        ],
      },
      {
        title: '交接班',
        steps: [
          '点左下角“交接班”，打开清单：超时或有报警的警情、其他未结警情、未整改隐患、未知悉的报警、不可用的警力。',
          '与接班人逐条说清，点编号可打开警情。',
          '需要留底时点“打印”，三方签字。',
        ],
        picture: { name: 'handover', alt: '交接班清单：未结警情、进展、警力与最近一句反馈' },
      },
      {
        title: '一起警情的报告与回放',
        steps: [
          '在警情详情的“经过”旁点“处置报告”：时间去向、每个计时的依据、更正与说明、全过程记录。',
          '值班长在顶部点“回放”，选时间，播放当时的画面，最快 60 倍；空格播放，← → 前后 10 秒，N 到下一个标记。',
        ],
        text: ['回放的画面有虚线边框并写明是过去，不能在其中处置。'],
      },
      {
        title: '画面能不能相信',
        text: [
          '超过 15 秒没有收到任何消息，顶部出现红色横幅并写明画面有多旧，倒计时加上斜纹：此时请用电话或电台核实。连线恢复后自动补齐，不丢、不重。',
          '本机时钟与服务器相差 2 秒以上时页面会说明；判定始终以服务器时间为准。',
        ],
      },
      {
        title: '大屏',
        text: [
          '大屏只读、不滚动，显示放得下的最紧急警情，并写明另有多少条。底部是今日接警、已办结、规定时间到达率（附 n），以及警力。字号可按观看距离与屏幕对角线设定：地址后加 `?distance=6&diagonal=55`（米、英寸）。',
          '大屏每天凌晨四点自行刷新，可用 `?reload=3` 改为别的整点；服务器升级后也会刷新。有未知悉的报警时都不刷新。',
        ],
        picture: { name: 'wall', alt: '大屏：最紧急的警情在最上，底部为今日数字与警力' },
      },
    ],
  },
  en: {
    title: 'Manual for operators and supervisors',
    lead: 'From the call to the closed record, all of it by keyboard.',
    sections: [
      {
        title: 'The desk at a glance',
        text: [
          'On the left a new alert is entered; beside it stand the alerts to dispatch and in progress; on the right the chosen alert with its clocks and its record, and the units. The order is overdue, near the limit, open, done, then time left. It stands still while the pointer or the focus is in a list, so that nothing moves under your hand.',
          'Red means overdue and nothing else, amber means near the limit and nothing else, blue can be pressed. Every state has a sign and a word besides, so it can be read in black and white. Times are the server’s, 24 hours. What is overdue is written with a plus; nothing is ever rounded into compliance.',
        ],
        picture: { name: 'desk', alt: 'The desk: entry and lists on the left, the chosen alert with its clocks, assignments and units on the right' },
      },
      {
        title: 'Logging in, and the lock',
        steps: [
          'Log in with your own account and password. A password the administrator gave you is changed at the first login.',
          'With a second factor, type the six digits your phone shows. Without the phone at hand, type a recovery code; each serves once.',
          'A desk that nobody uses for 15 minutes is locked. Its picture and its alarms go on; the password opens it, and what you were typing is still there.',
          'Click your name at the top right to change the password, set up a second factor or end a login elsewhere.',
        ],
      },
      {
        title: 'An alert within ten seconds',
        steps: [
          'Press F2 and type the school’s name, its pinyin initials or its code; Enter takes it.',
          'Choose the category in the same way. The severity follows from it; change it where needed.',
          'Write one line and press Enter. That instant is the time of receipt: the clocks run from it.',
          'While you type, possible duplicates are listed below. Look before you send. They are suggested, never merged by themselves.',
        ],
        text: ['What is typed survives a reload, a lost connection and a change of alert. When nobody answers, pressing again is a retry: it never makes two alerts.'],
      },
      {
        title: 'Dispatch',
        steps: [
          'With an alert chosen press F8: the candidates stand in order of the limits they can still meet.',
          'Beside each unit: its state, its distance, the seconds it is expected to take, the clocks it would still meet, and the schools that lose cover by sending it.',
          'Enter takes a unit, several if you like; Enter again sends them. F9 sends the best ones at once.',
        ],
        text: [
          'A unit that is on another alert has to be confirmed. When two desks send the same unit at once, the second is shown how things stand: it is never sent twice.',
          'The button Whom to call at the school shows its contact and number; that you looked is recorded.',
          'Times of arrival are estimates: the straight distance with a factor for roads, at the average speed of that kind of unit. A position older than 60 s is shown as stale.',
        ],
        picture: { name: 'desk-dispatch', alt: 'Dispatch: candidates with distance, expected seconds and the clocks they would meet' },
      },
      {
        title: 'The map',
        steps: [
          'F10 unfolds and folds the map. Shapes and letters tell schools, stations and kinds of units apart; triangles are alerts.',
          'Around the chosen alert dashed rings show about how far 1, 3 and 5 minutes reach. Arrow keys move, + and − zoom.',
          'Click an alert on the map to open it; Show all goes back to the whole district.',
        ],
        picture: { name: 'desk-map', alt: 'The map: the chosen alert, the units around it and the reach of 1, 3 and 5 minutes' },
      },
      {
        title: 'Alarms: Acknowledge, Seen and Silence are three acts',
        text: [
          'An alarm is only what needs somebody to act now: not dispatched in time, not acknowledged in time, a limit near or passed, a unit lost, feedback overdue. Everything else is an event in a list, and silent.',
          'Acknowledge is the unit’s act and moves its assignment on. Seen is yours: it stops the flashing and the horn of that alarm and records who and when; it changes no clock. Silence mutes this desk’s horn for 60 s; a new alarm sounds at once.',
          'An alarm is unseen (red, its sign flashes, the horn sounds), then seen (red, steady); one that was cleared unseen stays as an outline until somebody has looked. More than 10 alarms in 10 minutes are a flood: they are grouped by unit and school, the horn sounds at most every 30 s, and none is dropped.',
        ],
        steps: ['F4 goes to the alarms; arrows move, Enter opens the alert, Space marks as seen.', 'F6 silences.', 'Until the browser allows sound the page says so; use the test button.'],
        picture: { name: 'desk-alarms', alt: 'The list of alarms: each with its cause, school, time and whether it was seen' },
      },
      {
        title: 'Reclassify, merge, cancel',
        text: [
          'An operator may raise the severity; the clocks keep their start, and a new limit that has already passed is breached at once. Lowering it, setting a tier, correcting a time point, excusing a late arrival and reopening are the supervisor’s; each needs a reason, and the original stays.',
          'After a merge the root alert starts at the earlier time of receipt; it can be unmerged until it is closed. An exercise may turn actual, never the other way.',
        ],
      },
      {
        title: 'Resolve and close',
        text: [
          'Closing is the operator’s act. The form lists what the record needs: disposition, result, arrival or the reason for none, number of police, injured (0 is allowed), validity, and every assignment ended; what is still missing stands beside it.',
          'A hazard that cannot be fixed on the spot carries the temporary measure, who was told and a due date, and stays visible until it is fixed.',
        ],
      },
      {
        title: 'Handing over the shift',
        steps: [
          'Open Hand-over at the bottom left: alerts overdue or with an alarm, all others open, hazards not fixed, alarms nobody has seen, units that cannot be counted on.',
          'Go through it with whoever takes over; a number opens its alert.',
          'Print it where a signed copy is kept.',
        ],
        picture: { name: 'handover', alt: 'The hand-over list: open alerts, how they stand, their units and what was said last' },
      },
      {
        title: 'The report of an alert, and the replay',
        steps: [
          'Beside the record of an alert choose Report: where the time went, what each verdict rests on, corrections and excuses, the full record.',
          'A supervisor opens Replay at the top, chooses an instant and plays the board as it stood, up to sixty times as fast. Space plays, ← and → go 10 s, N goes to the next mark.',
        ],
        text: ['A replay has a dashed frame and says that it is the past. Nothing can be done in it.'],
      },
      {
        title: 'Whether the picture can be trusted',
        text: [
          'When nothing has been heard for more than 15 s a red banner says how old the picture is, and countdowns are hatched: ask by telephone or radio. Once the line is back everything missed is caught up, with nothing lost and nothing twice.',
          'When this device’s clock is off by more than 2 s the page says so. Verdicts always go by the server’s time.',
        ],
      },
      {
        title: 'The wall',
        text: [
          'The wall is read-only and never scrolls: it shows the most urgent alerts that fit and says how many more there are. Below stand the day’s alerts, those ended, the on-time rate with its n, and the units. Its type follows from distance and diagonal: add `?distance=6&diagonal=55` (metres, inches) to its address.',
          'It reloads itself at four in the morning, or at another hour with `?reload=3`, and after an upgrade of the server; never while an alarm is unseen.',
        ],
        picture: { name: 'wall', alt: 'The wall: the most urgent alerts on top, the day’s figures and the units below' },
      },
    ],
  },
}
