/** 管理页：编辑、导入、账号、访问记录的文字。 */

export const manage = {
  add: { schools: '新增学校', stations: '新增派出所', units: '新增警力' },
  edit: '编辑', remove: '删除', save: '保存', saved: '已保存。', confirmRemove: (name: string) => `删除 ${name}？`,
  longitude: '经度（WGS-84）', latitude: '纬度（WGS-84）', contactName: '联系人', contactPhone: '联系电话',
  leaderName: '责任领导', leaderPhone: '责任领导电话', liaisonName: '联络员', liaisonPhone: '联络员电话',
  idHint: '建立后不能更改', addWindow: '增加时段', removeWindow: '移除此时段', from: '开始', to: '结束', timeHint: '24 小时制，如 07:20', endHint: '24 小时制，如 08:00；到当天结束填 24:00', posts: '岗位数', noStation: '未指定',
  import: {
    title: '从文件导入', hint: '支持 CSV（UTF-8、GBK）和 XLSX。先检查，不写入；全部行无误才能导入。文件过大时，检查会提示上限。',
    check: '检查', take: '导入', checking: '正在检查…', taking: '正在导入…',
    clean: (added: number, changed: number, unchanged: number) => `检查通过：新增 ${added} 条，更改 ${changed} 条，不变 ${unchanged} 条。尚未写入。`,
    done: (added: number, changed: number, unchanged: number) => `已导入：新增 ${added} 条，更改 ${changed} 条，不变 ${unchanged} 条。`,
    faulty: (n: number) => `有 ${n} 行不能导入，未写入任何内容。改正后重新选择文件。`,
    line: '行', reason: '问题', more: (n: number) => `另有 ${n} 行未列出。`,
  },
  account: {
    credential: '登录方式', password: '密码', token: '令牌', factor: '动态口令', state: '状态', on: '已绑定', off: '未绑定', mustChange: '待改密',
    manage: '管理', role: '更改角色或归属', change: '更改', changeHint: '更改后该账号的登录会立即失效，须重新登录。',
    setPassword: '重设密码', setPasswordHint: '对方下次登录时须改为自己的密码；动态口令须重新绑定。', newPassword: '新的初始密码',
    renew: '更换令牌', renewHint: '旧令牌及用它建立的登录立即失效。', reset: '解除动态口令', resetHint: '手机遗失时使用；对方下次登录须重新绑定。',
    enable: '启用', done: '已完成。', passwordOrToken: '初始密码（留空则发放设备令牌）',
  },
  record: {
    title: '访问记录', account: '账号', kind: '事项', any: '全部', more: '更多', none: '没有符合条件的记录。', at: '时间', by: '操作人', detail: '内容',
    newest: '最新的在前。记录不能更改或删除。',
    kinds: {
      session_opened: '登录', session_closed: '登录结束', access_refused: '拒绝', personal_data_viewed: '查看电话号码',
      data_exported: '导出', account_added: '新建账号', account_disabled: '停用账号', account_enabled: '启用账号',
      account_changed: '更改账号', credential_changed: '更换密码或令牌', second_factor_enrolled: '绑定动态口令',
      second_factor_reset: '解除动态口令', school_defined: '更改学校', school_removed: '删除学校', station_defined: '更改派出所',
      station_removed: '删除派出所', unit_defined: '更改警力', unit_removed: '删除警力', policy_adopted: '启用预案',
      policy_filed: '存档预案', journal_repaired: '修复记录', server_configured: '服务器配置',
    },
    refused: (what: string, times: number) => `${what} ${times} 次`,
    refusals: { login: '登录被拒', credentials: '凭据无效', permission: '越权操作', locked: '席位已锁定', too_often: '请求过频' },
    configured: (version: string, changed: boolean) => `版本 ${version} · ${changed ? '与缺省值不同：' : '全部为缺省值'}`,
    exports: {
      journal: '全部日志', alerts: '警情表', backup: '备份', alert_proof: '警情证明文件', alert_report: '警情报告', handover_list: '交接班清单',
      response_statistics: '统计', bulletin_report: '通报', campaign_report: '工作总结', sampling_report: '抽查结果',
    },
    print: '打印',
    takenAt: (when: string) => `服务器命令行，${when}`,
    alert: (id: number) => `警情 ${id}`, other: '其他',
  },

}

export type ManageMessages = typeof manage
