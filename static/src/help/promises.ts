/**
 * What is promised, and how it is tested. Figures are measured ones and say on what; whoever doubts
 * them runs the command beside them.
 */

import type { Locale } from '@/i18n'

export interface Promised {
  title: string
  /** What holds. */
  means: string
  /** What would turn red if it did not. */
  tested: string
  /** The command that repeats it. */
  repeat: string
}

export interface PromisesText {
  title: string
  lead: string
  columns: { promise: string; tested: string; repeat: string }
  promises: Promised[]
  limits: { title: string; list: string[] }
}

const KILLS = 'cargo test --test suites cli::kill'
const ENGINE = 'cargo test --test suites engine::'
const FIGURES = 'cargo test --test suites history::'
const PUSH = 'cargo test --test suites push::'
const ROLES = 'cargo test --test suites web::roles'
const DOOR = 'cargo test --test suites web::'
const DAMAGE = 'cargo test --test suites journal::'

export const promises: Record<Locale, PromisesText> = {
  'zh-CN': {
    title: '承诺与验证',
    lead: '每项承诺都有会失败的测试。下列命令在源代码目录中运行，可随时重复。',
    columns: { promise: '承诺', tested: '如何验证', repeat: '重复方法' },
    promises: [
      {
        title: '已确认的不会丢失',
        means: '应答成功、推送到屏幕之前，记录已写入磁盘并同步。',
        tested: '真实程序在 200 条并发命令中被强制终止，重复 20 次：每条已应答的命令重启后都在，同一命令编号得到同一结果。',
        repeat: KILLS,
      },
      {
        title: '先落盘，后可见',
        means: '写盘失败后不再应答成功，未决命令得到“结果未知”，服务停止写入，重启后定论。',
        tested: '在虚拟时间上让日志在写入前、写入后失败；被扣住的应答、屏幕与推送都不得先行。',
        repeat: ENGINE,
      },
      {
        title: '损坏必被发现',
        means: '历史被截短或改动时拒绝启动，并指出文件、序号与处理办法；不会悄悄变短。',
        tested: '对数据库、预写日志与校验锚的截断和位翻转：要么状态正确，要么被拒绝。',
        repeat: DAMAGE,
      },
      {
        title: '数字真实',
        means: '以服务器时间为准，缺失的时间节点保持缺失；结论只由时间节点推出，可随时重新推算。',
        tested: '两份真实接处警记录全文导入，数量、达标率与精确百分位与另一语言的独立计算逐项一致；随机命令序列与另写的判定方法一致。',
        repeat: FIGURES,
      },
      {
        title: '屏幕不说谎',
        means: '屏幕显示的是无缺口的历史，否则明示已过时；慢的屏幕不拖累别人。',
        tested: '真实连接上：断线续传、过旧、未来、换代的位置，读得慢的客户端，回放真实记录时逐帧核对无漏无重。',
        repeat: PUSH,
      },
      {
        title: '不越权',
        means: '权限在裁决时按同一状态检查，每条记录写明何人、何角色、何时、何来源。',
        tested: '角色与路由、角色与命令逐一对照；来电号码在接警席以外遮盖。',
        repeat: ROLES,
      },
      {
        title: '进门要凭证',
        means: '管理员、管理者、督察须动态口令；连续猜密码越来越慢，但锁不住本人；无人的接警台自行锁定，画面照常。',
        tested: '每个动态口令只用一次，两处同时登录只进一处；恢复码一次有效；别处的猜测不影响本人的席位和已登录的人；密钥不进日志。',
        repeat: DOOR,
      },
    ],
    limits: {
      title: '本版尚未承诺',
      list: [
        '单机运行：磁盘毁坏时以备份为限。',
        '没有国密算法：要求时由前置密码网关提供。',
        '到场秒数是按直线距离的估算，不含道路与路况。',
      ],
    },
  },
  en: {
    title: 'What is promised, and how it is tested',
    lead: 'Every promise has tests that can fail. Run the commands in the source directory to repeat them.',
    columns: { promise: 'Promise', tested: 'How it is tested', repeat: 'How to repeat it' },
    promises: [
      {
        title: 'Nothing acknowledged is lost',
        means: 'A success is answered, and a frame pushed, only after the record is on disk and synced.',
        tested:
          'The real program is killed amid 200 concurrent commands, 20 times: every answered command is there after the restart, and the same command id gets the same outcome.',
        repeat: KILLS,
      },
      {
        title: 'Durable first, visible second',
        means:
          'After a failed write no success is answered any more: what was pending hears "outcome unknown", the service stops writing, and the next start settles it.',
        tested:
          'On virtual time the journal fails before and after it is durable; no held answer, board or frame may run ahead of it.',
        repeat: ENGINE,
      },
      {
        title: 'Damage is noticed',
        means:
          'A history that was cut or changed is refused at the start, with the file, the position and the remedy. It never becomes shorter in silence.',
        tested:
          'Truncations and flipped bits of the database, its write-ahead log and the anchor: the right state, or a refusal.',
        repeat: DAMAGE,
      },
      {
        title: 'The number is true',
        means:
          'Server time decides and a missing time point stays missing. Verdicts follow from time points alone and can be derived again.',
        tested:
          'Two whole files of real dispatch records are taken over: counts, on-time rates and exact percentiles equal an independent calculation in another language. Random plays of commands agree with a second way of judging.',
        repeat: FIGURES,
      },
      {
        title: 'The board never lies',
        means:
          'What a screen shows is the history without a gap, or it says that it is stale. A slow screen costs nobody else anything.',
        tested:
          'Over real sockets: resuming, positions too old, in the future or of another history, readers that are slow, and a replay of real records checked frame by frame.',
        repeat: PUSH,
      },
      {
        title: 'No one acts beyond their role',
        means:
          'Rights are checked when a command is decided, on the same state. Each record says who, in which role, when and through what.',
        tested:
          'Roles against routes and roles against commands, one by one. Numbers of callers are masked outside the desk.',
        repeat: ROLES,
      },
      {
        title: 'The door asks for proof',
        means:
          'Administrators, managers and auditors need a second factor. Guessing passwords becomes slower and slower and shuts nobody out. A desk nobody uses is locked, and its picture goes on.',
        tested:
          'Each code counts once, and of two logins at once it lets in one; a recovery code serves once; guesses elsewhere touch neither the owner’s desk nor whoever is logged in; no secret stands in the journal.',
        repeat: DOOR,
      },
    ],
    limits: {
      title: 'Not promised in this release',
      list: [
        'One machine: when its disk is destroyed, the last backup is what is left.',
        'No national cryptographic algorithms: where they are asked for, a gateway in front provides them.',
        'Expected seconds to the scene are estimates from straight distances, without roads and traffic.',
      ],
    },
  },
}
