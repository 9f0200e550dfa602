/** 键盘操作一览的文字。 */

export const keyTexts = {
  title: '键盘操作', close: '知道了', hint: 'F1 键盘操作',
  list: [
    ['F1', '打开或关闭本页'],
    ['F2', '登记新警情：学校 → 类别 → 一句话 → Enter'],
    ['F4', '到报警列表：↑ ↓ 移动，Enter 打开警情，Space 知悉'],
    ['F6', '消音 60 秒，只静音本席'],
    ['F8', '为所选警情派警：输入名称后 Enter 选中，再按 Enter 派出'],
    ['F9', '为所选警情派出最优警力'],
    ['F10', '展开或收起地图；地图内用方向键移动，+ − 缩放'],
    ['↑ ↓', '在警情列表中移动，Enter 打开'],
    ['Tab', '到下一处；Shift+Tab 返回'],
    ['Ctrl+Enter', '提交正在写的备注'],
    ['Esc', '收起选择列表'],
  ] as readonly (readonly [string, string])[],
}

export type KeyTexts = typeof keyTexts
