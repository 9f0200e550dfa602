/** 派警时每个警力旁的文字。 */

export const dispatchTexts = {
  atSchool: '就在该校', noPosition: '位置不明', about: (seconds: number) => `约 ${seconds} 秒到场`,
  inTime: '赶得上，余', late: '赶不上',
  loses: (names: string, count: number) => (count > 2 ? `派出后 ${names} 等 ${count} 所学校无人可及` : `派出后 ${names} 无人可及`),
  best: (names: string) => `派最优：${names}`, bestKey: 'F9', noBest: '没有可派的警力：可选择正在出警的警力叠加派警',
  covered: '在途警力已覆盖全部计时', estimate: '到场时间是估算：直线距离乘道路系数，按警力类型的平均速度。',
}

export type DispatchTexts = typeof dispatchTexts
