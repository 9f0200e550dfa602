/** The administrator's manual. */

import type { Bilingual } from './shape'

export const admin: Bilingual = {
  'zh-CN': {
    title: '系统管理员手册',
    lead: '设置、维护、备份；管理员不能派警，也不能改动记录。',
    sections: [
      {
        title: '首次启动',
        steps: [
          '运行 `campus-dispatch serve --data DIR`。控制台显示一次性设置链接，用它建立首个管理员；系统没有默认密码。',
          '用手机上的验证器扫码，绑定动态口令；抄下十个恢复码。管理员、管理者、督察都必须绑定。',
          '手机安装和离线使用需要 HTTPS。可用单位的证书，或用 `campus-dispatch cert` 建立本地证书机构，再把根证书装到手机上。',
          '先看一遍演示：`campus-dispatch demo`，数据均为虚构示例。',
        ],
      },
      {
        title: '学校、派出所、警力',
        text: [
          '学校要有区域、位置、责任派出所和高峰勤务时段；坐标须注明坐标系（WGS-84 或 GCJ-02），两者可差数百米，换算由服务器完成。',
          '单个：点“新增”或“编辑”，坐标填 WGS-84。批量：点“从文件导入”选 CSV 或 XLSX，先检查、逐行报告，再导入；有一行不对就一行也不写入。',
          '联系人的电话在列表中遮盖，点“编辑”才见完整号码，查看会留下记录。',
          '服务停止时也可用 `campus-dispatch import`。',
        ],
        picture: { name: 'schools', alt: '管理页的学校列表：区域、位置、派出所与高峰勤务' },
      },
      {
        title: '响应预案（1、3、5 分钟）',
        text: [
          '没有全国统一的定义，预案由本地配置：按紧急程度、按区域、三级梯队、校园互助、按环节，或两者取较慢者。第一条符合的主计时规则决定结论，其余并行显示。',
          '启用之前先“预览”：用近 30 天的警情推算会有多少条改判，不改变任何记录。启用后只影响此后接到的警情。没有兜底的主计时、时限为零、等级倒置的预案会被拒绝并说明原因。',
        ],
        picture: { name: 'policy', alt: '管理页的响应预案：规则、环节时限、预设方案与预览' },
      },
      {
        title: '账号',
        text: [
          '一人一号，按角色给权：接处警员、值班长、警力、管理者、督察审计、系统管理员、大屏、接入。警力账号须绑定一个警力；大屏账号只读且遮蔽个人信息；接入账号只能报警，使用令牌，令牌只显示一次。大屏和接入可限定一个派出所：大屏只显示该所警情，接入不能为其他所的学校报警。',
          '停用账号立即结束其所有登录和连线，手机随即清除已显示的内容。',
        ],
        steps: [
          '在列表中点“管理”，可改角色、重设初始密码、换令牌、停用或启用。',
          '有人丢了手机又没有恢复码：先当面核实，再“解除动态口令”，其下次登录时重新绑定。',
          '“登录”页列出所有登录，可逐个结束。督察在“访问记录”里看得到谁登录、被拒、导出和改了什么。',
        ],
        picture: { name: 'accounts', alt: '管理页的账号列表：名称、角色、绑定与状态' },
      },
      {
        title: '大屏与手机',
        text: [
          '大屏用“大屏”账号登录后打开 `/wall`，按观看距离与对角线设定字号：`/wall?distance=6&diagonal=55`。它可以连续运行数日，每天四点自行刷新。',
          '手机打开 `/unit`，登录后安装到桌面。升级服务器后，大屏与手机会自行换用新版本。',
        ],
      },
      {
        title: '备份、核对、升级',
        steps: [
          '运行中备份：`campus-dispatch backup`；恢复：`campus-dispatch restore`。',
          '核对记录：`campus-dispatch journal verify`。启动时若发现缺损，服务会拒绝启动并指出文件、序号与处理办法。',
          '升级：停止旧程序，启动新程序。已应答的一条也不会丢失。',
          '磁盘将满时系统转为只读并说明原因，腾出空间后自动恢复。',
        ],
      },
    ],
  },
  en: {
    title: 'Manual for administrators',
    lead: 'Set-up, upkeep, backup. An administrator neither dispatches nor changes the record.',
    sections: [
      {
        title: 'The first start',
        steps: [
          'Run `campus-dispatch serve --data DIR`. The console shows a one-time link: use it to create the first administrator. There is no default password.',
          'Scan the picture with an authenticator on your phone and write down the ten recovery codes. Administrators, managers and auditors all need this second factor.',
          'Installing on phones and working offline need HTTPS. Use your site’s certificate, or make a local authority with `campus-dispatch cert` and install its root on the phones.',
          'Have a look first: `campus-dispatch demo` plays an invented district.',
        ],
      },
      {
        title: 'Schools, stations, units',
        text: [
          'A school has a zone, a position, a responsible station and its peak windows. Coordinates carry their system (WGS-84 or GCJ-02): the two differ by hundreds of metres, and the server converts them.',
          'One at a time: add or edit it, with its position in WGS-84. Many: Import from a file takes CSV or XLSX, checks it with a report for every row, and then imports it. If one row is wrong none is written.',
          'Contacts’ numbers are masked in the list. Edit shows them whole, and that is recorded.',
          'While the server is stopped `campus-dispatch import` does the same.',
        ],
        picture: { name: 'schools', alt: 'The administration’s list of schools: zone, position, station and peak duty' },
      },
      {
        title: 'The policy (1, 3 and 5 minutes)',
        text: [
          'There is no single national definition, so the policy is configured here: by severity, by zone, three echelons, mutual aid of schools, by stage, or the slower of severity and zone. The first governing rule that matches decides the verdict; the others run beside it.',
          'Preview before you adopt: it judges the last 30 days anew and says how many verdicts would change, without changing any. A policy in force concerns only alerts received after it. One without a governing rule for everything, with a limit of zero or with tiers the wrong way round is refused, with the reason.',
        ],
        picture: { name: 'policy', alt: 'The administration’s policy: rules, budgets, presets and the preview' },
      },
      {
        title: 'Accounts',
        text: [
          'One account for each person, with the rights of a role: operator, supervisor, unit, manager, auditor, administrator, screen, gateway. A unit’s account is bound to its unit. A screen only reads, and personal data are masked. A gateway may only raise alerts, with a token that is shown once. Walls and gateways can be limited to a station: a wall shows that station’s alerts, and a gateway raises none at another station’s schools.',
          'Disabling an account ends all its logins and connections at once, and its phone clears what it was shown.',
        ],
        steps: [
          'Manage, in the list, changes a role, sets a new first password, makes a new token, disables or enables.',
          'Somebody has lost the phone and has no recovery code: make sure who it is, then reset the second factor. Another is set up at the next login.',
          'Logins lists every login and ends any of them. The auditor reads in the record of access who came in, was refused, exported or changed what.',
        ],
        picture: { name: 'accounts', alt: 'The administration’s list of accounts: name, role, unit and state' },
      },
      {
        title: 'Walls and phones',
        text: [
          'On a wall log in with a screen account and open `/wall`. Set the type by distance and diagonal: `/wall?distance=6&diagonal=55`. It runs for days and reloads itself at four each morning.',
          'On a phone open `/unit`, log in and install it. After an upgrade of the server walls and phones change to the new version by themselves.',
        ],
      },
      {
        title: 'Backup, checks, upgrades',
        steps: [
          'Back up while it runs: `campus-dispatch backup`. Restore: `campus-dispatch restore`.',
          'Check the record: `campus-dispatch journal verify`. If something is damaged or missing the server refuses to start and names the file, the place and the remedy.',
          'Upgrade: stop the old program, start the new one. Nothing that was answered is lost.',
          'When the disk is nearly full the system turns read-only and says why; it goes on by itself once there is space.',
        ],
      },
    ],
  },
}
