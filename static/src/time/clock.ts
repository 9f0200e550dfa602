/**
 * Server time on a client: measured from frames that are sent the moment they are stamped, carried
 * on by the monotonic clock, so that a jump of the client's own clock moves nothing on screen.
 */

const SAMPLES = 12
/** A client clock further off than this is told (U12). */
export const SKEW_TOLERANCE_MS = 2_000

export class ServerClock {
  private samples: number[] = []

  constructor(
    private readonly monotonic: () => number = () => performance.now(),
    private readonly wall: () => number = () => Date.now(),
  ) {}

  /** A frame stamped `serverAt` came in now. */
  measure(serverAt: number): void {
    if (!Number.isFinite(serverAt)) return
    this.samples.push(serverAt - this.monotonic())
    if (this.samples.length > SAMPLES) this.samples.shift()
  }

  /** Every sample is short by its way through the network: the largest is the best. */
  now(): number {
    if (this.samples.length === 0) return this.wall()
    return Math.max(...this.samples) + this.monotonic()
  }

  /** Whether the server has been heard at all. */
  isMeasured(): boolean {
    return this.samples.length > 0
  }

  /** How far the client's own clock is ahead of the server's; 0 while unmeasured. */
  skew(): number {
    return this.samples.length === 0 ? 0 : this.wall() - this.now()
  }

  isSkewed(): boolean {
    return Math.abs(this.skew()) > SKEW_TOLERANCE_MS
  }
}
