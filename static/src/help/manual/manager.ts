/** The manager's manual. */

import type { Bilingual } from './shape'

export const manager: Bilingual = {
  'zh-CN': {
    title: '管理者手册',
    lead: '每个数字都有定义、有 n、能回到原始警情。',
    sections: [
      {
        title: '统计页',
        text: [
          '先选统计期、分组和筛选条件；条件写在地址里，可以收藏或发给同事，打开即是同样的画面。统计期为左闭右开，上海时间，按接警时间归入。',
          '规定时间到达率等于按时除以（按时、迟到、未到达、超时未到、已说明之和），已说明的仍计入分母，旁边另列剔除后的比率。未结而已超时的警情计入。',
        ],
        picture: { name: 'stats', alt: '统计页：筛选条件、到达率、分位数与各分组' },
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
        title: 'The statistics page',
        text: [
          'Choose the period, the grouping and the filters. They live in the address, so a view can be kept or sent to a colleague and opens the same. A period includes its first day and ends before the day after its last, Shanghai time; an alert belongs to it by its time of receipt.',
          'The on-time rate is on time divided by (on time, late, missed, overdue and excused together). Excused ones stay in it; the rate without them stands beside it. Alerts that are open and overdue count.',
        ],
        picture: { name: 'stats', alt: 'The statistics page: filters, on-time rates, percentiles and groups' },
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
