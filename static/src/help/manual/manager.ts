/** The manager's manual. */

import type { Bilingual } from './shape'

export const manager: Bilingual = {
  'zh-CN': {
    title: '管理者手册',
    lead: '每个数字都有定义、有 n、能回到原始警情。',
    sections: [
      {
        title: '登录',
        steps: [
          '用账号和密码登录；管理者还须动态口令。第一次登录时用手机上的验证器扫码，输入六位数字。',
          '抄下或打印十个恢复码，妥善保管：手机不在身边时每个可登录一次。',
        ],
      },
      {
        title: '统计页',
        text: [
          '先选统计期、分组和筛选条件；条件写在地址里，可以收藏或发给同事，打开即是同样的画面。统计期为左闭右开，上海时间，按接警时间归入。',
          '规定时间到达率等于按时除以（按时、迟到、未到达、超时未到、已说明之和），已说明的仍计入分母，旁边另列剔除后的比率。未结而已超时的警情计入。',
        ],
        picture: { name: 'stats', alt: '统计页：筛选条件、到达率、分位数与各分组' },
      },
      {
        title: '从数字到警情',
        steps: [
          '点任何带点线的数字，打开它的定义和警情清单；清单里的编号打开这起警情的报告。',
          '看图：走势、星期 × 时段、分组对比。点图中一格，同样列出警情；“对应数据表”与图是同一组数字。',
          '“推演：换一个预案会怎样”用另一套预案重算本时段，只作比较，不改任何记录。',
          '“数据核查提示”只说明值得看一眼，不是对任何人的指责。',
        ],
        picture: { name: 'stats-chart', alt: '统计页的走势图和星期时段图' },
      },
      {
        title: '周通报、工作总结、抽查',
        steps: [
          '点“报告”。周通报按周，差的在前，并列出截止时未办结的警情；工作总结可选任何期间，与上一期间对比。',
          '报告里的数字同样可以点开。页尾写明筛选、数据时间、记录位置和预案版本。',
          '用“打印”“导出表格 XLSX”“导出 CSV”带走；每次导出都留有记录。',
          '抽查：先定种子，再抽取。同一种子、同一期间抽出同一名单。逐项评定后得出合格率，有不合格项须写说明。',
        ],
        picture: { name: 'bulletin', alt: '周通报：各派出所到达率的图和表' },
      },
      {
        title: '查一起警情',
        steps: [
          '打开警情报告：时间去向、每个计时的依据和出自第几条记录、更正与说明、全过程。',
          '点“回放”，选时间，看当时的画面怎样变化；当时的提醒列在右侧。',
        ],
        picture: { name: 'replay', alt: '回放：某一时刻的警情列表、详情和当时的提醒' },
      },
      {
        title: '读数字时请注意',
        text: [
          '每个比率旁都有 n；n 不足 10 时不给分位数，只给最大值。平均数从不单独出现，看 p50、p90、p95。各段的分位数不能相加。',
          '表格写明未计入多少起、为什么（测试、并入、咨询、时限前结束等），以及所用响应预案的名称与版本。旧警情始终按接警时的预案判定，换预案不会改写历史。',
          '旁边列出上一个等长时段，便于比较；95% 区间说明差别是否可能只是偶然。',
        ],
      },
      {
        title: '导出与核对',
        text: [
          '“打印”得到 A4 浅色版面，图下有表，页尾有筛选、数据时间和记录位置。',
          '表格可导出 CSV，用 Excel 打开中文不乱码；以等号等开头的单元格已作防护。同样的数字可在服务器上用 `campus-dispatch statistics` 打印。',
          '每条记录都与前一条以散列相连；`campus-dispatch journal verify` 可证明记录自始未被改动。',
        ],
      },
      {
        title: '您不能做的事',
        text: ['管理者不能派警或更改警情。报警人电话对您遮蔽。需要更正时间节点或说明迟到原因的，请值班长操作，原值保留可查。'],
      },
    ],
  },
  en: {
    title: 'Manual for managers',
    lead: 'Every figure has a definition and an n, and leads back to its alerts.',
    sections: [
      {
        title: 'Logging in',
        steps: [
          'Log in with account and password; a manager needs a second factor too. At the first login scan the picture with an authenticator and type the six digits.',
          'Write down or print the ten recovery codes and keep them safe: each logs you in once without the phone.',
        ],
      },
      {
        title: 'The statistics page',
        text: [
          'Choose the period, the grouping and the filters. They live in the address, so a view can be kept or sent to a colleague and opens the same. A period includes its first day and ends before the day after its last, Shanghai time; an alert belongs to it by its time of receipt.',
          'The on-time rate is on time divided by (on time, late, missed, overdue and excused together). Excused ones stay in it; the rate without them stands beside it. Alerts that are open and overdue count.',
        ],
        picture: { name: 'stats', alt: 'The statistics page: filters, on-time rates, percentiles and groups' },
      },
      {
        title: 'From a figure to its alerts',
        steps: [
          'Click any figure with a dotted line: its definition and the list of its alerts open. A number in the list opens the report of that alert.',
          'Look at the charts: trend, weekday by hour, groups side by side. A click on a cell lists its alerts too; The same as a table holds the same figures.',
          'What if another policy had applied judges the period by another policy, for comparison only: no record is changed.',
          'Data checks say what may be worth a look, and accuse nobody.',
        ],
        picture: { name: 'stats-chart', alt: 'The charts of the statistics page: trend and weekday by hour' },
      },
      {
        title: 'Bulletin, campaign report, sampling',
        steps: [
          'Choose Reports. The bulletin goes by weeks, the worst first, with what was not closed at the cut-off; the campaign report takes any period and sets it beside the one before.',
          'Figures in reports can be clicked as well. The foot names filter, data time, place in the journal and policy versions.',
          'Take it away with Print, Export XLSX or Export CSV; each export leaves a record.',
          'Sampling: state the seed first, then draw. The same seed and period draw the same list for everybody. Mark each item; the pass rate follows, and a failed item needs a remark.',
        ],
        picture: { name: 'bulletin', alt: 'The weekly bulletin: on-time rates by station as a chart and a table' },
      },
      {
        title: 'Look into one alert',
        steps: [
          'Open its report: where the time went, what each clock rests on and in which record, corrections and excuses, the full record.',
          'Choose Replay and an instant to see how the board stood and changed; what rang is listed on the right.',
        ],
        picture: { name: 'replay', alt: 'The replay: the alerts as they stood at one instant, one of them in detail, and what rang' },
      },
      {
        title: 'How to read the figures',
        text: [
          'Beside every rate stands its n. Below 10 there are no percentiles, only the maximum. No average ever stands alone: look at p50, p90 and p95. Percentiles of segments cannot be added up.',
          'Each table says how many alerts were left out and why (tests, merged ones, inquiries, ended before the limit, and so on), and which policy in which version judged them. An alert keeps the policy it was received under: a new one rewrites no history.',
          'The equal period before stands beside it. The 95 % interval says whether a difference may be chance.',
        ],
      },
      {
        title: 'Export and check',
        text: [
          'Print gives light A4 pages, a table under each chart, and a foot with filter, data time and journal head.',
          'Tables can be exported as CSV, which Excel opens with Chinese text intact; cells that begin like a formula are defused. On the server `campus-dispatch statistics` prints the same figures.',
          'Each record is chained to the one before it by a hash: `campus-dispatch journal verify` proves that nothing was changed since.',
        ],
      },
      {
        title: 'What you cannot do',
        text: ['A manager neither dispatches nor changes alerts. Callers’ numbers are masked. Correcting a time point or excusing a late arrival is the supervisor’s act, and the original stays readable.'],
      },
    ],
  },
}
