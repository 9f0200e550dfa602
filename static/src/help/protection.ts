/**
 * The usual controls of protection level 3 (GB/T 22239-2019), where the product meets them, and what
 * it leaves to the site. It states what there is and assesses nothing.
 */

import type { Locale } from '@/i18n'

export interface Control {
  control: string
  /** What the product does about it; empty where it does nothing. */
  here: string[]
  /** What nobody but the site can do. */
  site: string[]
}

export interface ProtectionText {
  title: string
  lead: string
  columns: { control: string; here: string; site: string }
  nothing: string
  controls: Control[]
}

export const protection: Record<Locale, ProtectionText> = {
  'zh-CN': {
    title: '等级保护三级对照',
    lead: '按 GB/T 22239-2019 第三级常见控制点，列出本系统做到什么、留给现场什么。这不是测评结论；是否达标由测评机构按现场判定。',
    columns: { control: '控制点', here: '本系统做到', site: '留给现场' },
    nothing: '不涉及，完全由现场负责',
    controls: [
      {
        control: '身份鉴别',
        here: [
          '每人一个账号，没有默认账号和默认口令；首位管理员由一次性链接设置。',
          '口令用 argon2id 保存，只存散列；令牌只存摘要，只显示一次。',
          '管理员、管理者和督察登录须用动态口令（第二因素），其他人可自行绑定；手机丢失时用一次性恢复码，或由管理员重置。',
          '口令连续输错后，每次重试须等待更久，最长 1 分钟；按设备和地址计数，别处的猜测锁不住本人的席位。',
          '管理员给出的口令在首次登录时更换；接警台 15 分钟无人操作即锁定，画面照常更新，凭口令解锁。',
          '会话令牌随机 256 位，登录时更换，到期自动失效，退出即刻全部失效。',
        ],
        site: ['实名发放账号，人员离岗即停用。', '口令长度、种类、有效期等取值按本地规定配置。'],
      },
      {
        control: '访问控制',
        here: [
          '一张权限表，未列出的一律拒绝；裁决时按同一状态检查。',
          '管理员不能派警；督察与管理员分开；警力只见自己的警情，派出所大屏只见本所。',
          '账号停用后，已打开的推送连接在 2 秒内断开。',
        ],
        site: ['确定谁担任什么角色，并定期复核。'],
      },
      {
        control: '安全审计',
        here: [
          '登录、被拒、查看完整号码、导出和打印（含服务器命令行的导出和备份）、每条命令、配置变更（含配置文件和证书）都有记录：何人、何角色、何时；登录和被拒另记来源地址。',
          '记录逐条以散列相连，管理员也不能改、不能删；督察可查、可校验、可回放。',
          '运行日志不含口令和令牌，控制字符被转义。',
        ],
        site: ['服务器与统一时钟源同步。', '审计记录按规定期限（至少六个月）保存和备份，需要时汇集到日志平台。'],
      },
      {
        control: '数据完整性',
        here: [
          '先写盘并同步，后应答和推送。',
          '启动时核对散列链、序号和校验锚；被截短或改动即拒绝启动，并指出文件和序号。',
        ],
        site: ['定期运行日志校验，核对备份。'],
      },
      {
        control: '通信保密性与完整性',
        here: [
          '内置 TLS 1.2 和 1.3；没有证书时只监听本机；加密端口拒绝明文请求，不做跳转。',
          '浏览器被要求始终使用加密连接；会话凭据只在加密连接上发送。',
        ],
        site: [
          '签发证书，或让终端信任本地证书机构并妥善保管其私钥。',
          '要求国密算法时，由前置密码网关提供：本系统不含国密算法。',
        ],
      },
      {
        control: '存储保密性',
        here: ['数据文件只有服务账号可读（0600），目录只有它可进（0700），与系统缺省掩码无关。'],
        site: ['磁盘加密；备份介质的保管与加密。'],
      },
      {
        control: '备份与恢复',
        here: [
          '运行中可备份；恢复后状态与备份时逐字节一致；损坏的日志可由备份修复。',
          '强制终止、断电、磁盘写满等故障逐项试过，次数和结果见帮助页。',
        ],
        site: ['备份频率、异地保存和恢复演练。', '单机运行：需要热备时，由现场准备第二台服务器。'],
      },
      {
        control: '个人信息保护',
        here: [
          '只记接处警所需，不建人员库。',
          '来电号码和学校、派出所联系人的电话在大屏、手机、列表和报表中遮盖；打开一条才见完整号码，席位锁定时不见；另有督察的证明文件、日志导出和备份是完整的；每次查看和导出都留下记录。',
        ],
        site: ['告知、保存期限和删除的流程。', '打印件和导出文件离开系统后的保管。', '谁可以在服务器上使用命令行：命令行的导出和备份有记录，但记为控制台，不记何人；直接复制数据文件不留记录。'],
      },
      {
        control: '剩余信息保护',
        here: ['接口应答禁止缓存；退出后会话立即失效。'],
        site: ['共用电脑的锁屏与浏览器数据；手机丢失后的停用；报废磁盘的清除。'],
      },
      {
        control: '入侵防范',
        here: [
          '每个输入都有上限和类型检查，坏输入一律拒绝且不写入；界面只把文字当文字显示。',
          '只接受本站页面的请求；页面不加载其他主机的任何内容，不允许内联脚本。',
          '按账号和来源地址限流；超载时先保证接警席。',
        ],
        site: ['防火墙只开放服务端口；系统补丁、漏洞扫描和渗透测试。'],
      },
      {
        control: '恶意代码防范',
        here: ['导入文件按内容判断类型，含宏、加密或解压过大的文件被拒绝；导入的内容从不执行。'],
        site: ['服务器和终端的防病毒软件。'],
      },
      {
        control: '运行环境',
        here: ['可打印加固的 systemd 服务单元：非 root 账号，只读系统，限制系统调用。'],
        site: ['操作系统加固，管理员远程登录的控制。'],
      },
      {
        control: '可信验证',
        here: [],
        site: ['可信启动与可信计算环境。'],
      },
      {
        control: '物理环境与网络架构',
        here: [],
        site: ['机房、供电、分区隔离、边界防护、链路冗余。'],
      },
      {
        control: '安全管理制度、机构、人员、建设与运维',
        here: [],
        site: ['制度、责任人、培训、应急预案、外包与变更管理。'],
      },
    ],
  },
  en: {
    title: 'Protection level 3, control by control',
    lead: 'The usual controls of GB/T 22239-2019, level 3: what the product does about each, and what it leaves to the site. This is no assessment; whether a site passes is for its assessor to say.',
    columns: { control: 'Control', here: 'What the product does', site: 'What is left to the site' },
    nothing: 'Nothing; all of it is the site’s',
    controls: [
      {
        control: 'Identity',
        here: [
          'One account a person; no default account and no default password. The first administrator is set up by a one-time link.',
          'Passwords are kept as argon2id hashes only; tokens as digests, shown once.',
          'Administrators, managers and auditors log in with a second factor (a one-time code); everybody else may set one up. When the phone is lost a recovery code serves once, or the administrator resets it.',
          'After some wrong passwords each further try has to wait longer, up to a minute; it is counted by device and address, so guessing elsewhere locks nobody out of their own desk.',
          'A password given by the administrator is changed at the first login. A desk that nobody uses for 15 minutes is locked: its picture goes on, and the password unlocks it.',
          'Session tokens are 256 random bits, renewed at login, end by themselves, and end everywhere at a logout.',
        ],
        site: [
          'Give accounts to known persons and disable them when a person leaves.',
          'Set the password’s length, kinds of characters and age as the local rules say.',
        ],
      },
      {
        control: 'Access',
        here: [
          'One table of permissions; whatever is not in it is refused, judged on the same state as the command.',
          'An administrator cannot dispatch; the auditor stands apart from the administrator; a unit sees its own alerts, a station’s wall its own schools.',
          'A disabled account loses its open live connections within 2 seconds.',
        ],
        site: ['Decide who has which role, and look at it again from time to time.'],
      },
      {
        control: 'Audit',
        here: [
          'Logins, refusals, views of a full number, exports and prints (by command line on the server too, and backups), every command and every change of configuration (its file and the certificate too) are records: who, in which role, when; of logins and refusals also from which address.',
          'Each record is chained to the one before it by a hash; not even an administrator can change or remove one. The auditor reads, verifies and replays them.',
          'The log holds no password and no token, and control characters are escaped.',
        ],
        site: [
          'Keep the server’s clock on a common source.',
          'Keep and back up the record for as long as the rules say (six months or more), and gather it where that is asked for.',
        ],
      },
      {
        control: 'Integrity of data',
        here: [
          'Written to disk and synced first, answered and shown afterwards.',
          'A start checks the chain, the sequence and the anchored head; a history that was cut or changed is refused, with its file and position.',
        ],
        site: ['Verify the journal and the backups regularly.'],
      },
      {
        control: 'Confidentiality and integrity on the network',
        here: [
          'TLS 1.2 and 1.3 built in; without a certificate it listens on this machine only; a request in the clear is refused, not led on.',
          'Browsers are told to stay with encryption; what proves a session travels encrypted only.',
        ],
        site: [
          'Issue the certificate, or let devices trust the local authority and keep its key safe.',
          'Where national cryptographic algorithms are asked for, put a gateway in front: they are not in the product.',
        ],
      },
      {
        control: 'Confidentiality at rest',
        here: ['Data files can be read by the service’s account alone (0600), their directory entered by it alone (0700), whatever the umask.'],
        site: ['Encryption of the disk; keeping and encrypting backup media.'],
      },
      {
        control: 'Backup and recovery',
        here: [
          'Backups are made while running; what is restored is the same state to the byte; a damaged journal can be mended from one.',
          'Killed processes, power cuts, full disks and more were tried; how often, and what came of it, is on the help page.',
        ],
        site: [
          'How often, where else, and practising to restore.',
          'One machine serves: where a second one must stand by, the site provides it.',
        ],
      },
      {
        control: 'Personal data',
        here: [
          'Only what handling an alert needs; there is no register of people.',
          'Numbers of callers, and of contacts at schools and stations, are masked on walls, on phones, in lists and in reports. A full number is shown where one alert, school or station is opened, but not at a locked desk; numbers are whole in the auditor’s proof, and in the journal’s export and backup. Each view and each export leave a record.',
        ],
        site: ['How people are informed, how long data is kept, how it is deleted.', 'What becomes of prints and exported files.', 'Who may use the command line on the server: its exports and backups are recorded as the console’s, not as a person’s, and copying the data files leaves no record.'],
      },
      {
        control: 'Residual data',
        here: ['Answers of the interface may not be cached; after a logout the session is void at once.'],
        site: ['Locking and cleaning shared computers, disabling lost phones, wiping disks that are given away.'],
      },
      {
        control: 'Intrusion',
        here: [
          'Every input has bounds and a type; bad input is refused and writes nothing; the screens show text as text only.',
          'Requests are taken from pages of this server only; pages load nothing from another host and run no inline script.',
          'Rates are bounded by account and by address; under overload the desk comes first.',
        ],
        site: ['A firewall that opens the one port; patches, vulnerability scans, penetration tests.'],
      },
      {
        control: 'Malicious code',
        here: ['Imported files are judged by their content; macros, passwords and what unpacks to too much are refused; nothing imported is ever run.'],
        site: ['Protection against malware on servers and devices.'],
      },
      {
        control: 'Running environment',
        here: ['A hardened systemd unit can be printed: not root, the system read-only, system calls restricted.'],
        site: ['Hardening of the operating system; control of remote administration.'],
      },
      {
        control: 'Trusted verification',
        here: [],
        site: ['Trusted boot and a trusted computing base.'],
      },
      {
        control: 'Physical environment and network',
        here: [],
        site: ['Rooms, power, zones, borders, redundant links.'],
      },
      {
        control: 'Management: rules, organisation, people, building, operation',
        here: [],
        site: ['Rules, responsible persons, training, emergency plans, outsourcing, changes.'],
      },
    ],
  },
}
