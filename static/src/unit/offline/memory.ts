/**
 * What the phone keeps through a reload, a start without network and an empty battery: who is
 * logged in, the last picture, every press without an answer, and what its officer has not read.
 */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Session } from '@/api/types'
import type { Board } from '@/live/board'
import type { Press } from '@/unit/queue'
import type { Told } from '@/unit/told'

export interface KeptBoard { board: Board; savedAt: number }

/** A record and whose it is: two accounts may share a phone, never each other's presses. */
interface Owned<T> { key: string; account: string; value: T }

interface Schema extends DBSchema {
  /** In the order they were pressed. */
  presses: { key: number; value: Owned<Press>; indexes: { key: string } }
  told: { key: string; value: Owned<Told> }
  kept: { key: string; value: unknown }
}

const NAME = 'campus-dispatch.phone'
/** Written through to the disk before it counts as kept: the battery may be next. */
const STRICT = { durability: 'strict' } as const

/** What comes from a component is watched by Vue, and a watched object cannot be written as it is. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

export class Memory {
  /** `database` is null where the browser keeps nothing: everything then lasts as long as the page. */
  private constructor(private readonly database: IDBPDatabase<Schema> | null) {}

  static async open(): Promise<Memory> {
    try {
      const database = await openDB<Schema>(NAME, 1, {
        upgrade(fresh) {
          fresh.createObjectStore('presses', { autoIncrement: true }).createIndex('key', 'key', { unique: true })
          fresh.createObjectStore('told', { keyPath: 'key' })
          fresh.createObjectStore('kept')
        },
        blocking: (_old, _new, event) => (event.target as IDBDatabase).close(),
      })
      return new Memory(database)
    } catch {
      return new Memory(null)
    }
  }

  get keeps(): boolean {
    return this.database !== null
  }

  async presses(account: string): Promise<Press[]> {
    const all = (await this.database?.getAll('presses')) ?? []
    return all.filter((one) => one.account === account).map((one) => one.value)
  }

  async keepPress(account: string, press: Press): Promise<void> {
    const writing = this.database?.transaction('presses', 'readwrite', STRICT)
    await writing?.store.add({ key: press.key, account, value: plain(press) })
    await writing?.done
  }

  async dropPress(key: string): Promise<void> {
    const writing = this.database?.transaction('presses', 'readwrite', STRICT)
    const place = await writing?.store.index('key').getKey(key)
    if (place !== undefined) await writing?.store.delete(place)
    await writing?.done
  }

  async told(account: string): Promise<Told[]> {
    const all = (await this.database?.getAll('told')) ?? []
    return all.filter((one) => one.account === account).map((one) => one.value)
  }

  async keepTold(account: string, told: Told): Promise<void> {
    const record = { key: told.key, account, value: plain(told) }
    // It stays on the screen all the same.
    await this.database?.put('told', record).catch((error: unknown) => console.warn(error))
  }

  async dropTold(key: string): Promise<void> {
    await this.database?.delete('told', key)
  }

  session = (): Promise<Session | undefined> => this.read<Session>('session')
  keepSession = (session: Session): Promise<void> => this.write('session', plain(session))

  async board(): Promise<KeptBoard | undefined> {
    const [moving, schools, stations] = await Promise.all([
      this.read<KeptBoard>('board'),
      this.read<Board['schools']>('schools'),
      this.read<Board['stations']>('stations'),
    ])
    if (!moving || !schools || !stations) return undefined
    return { ...moving, board: { ...moving.board, schools, stations } }
  }

  /** Schools and stations hardly ever change and are many: they are written only when they did. */
  async keepBoard(board: Board, before: Board | null): Promise<void> {
    const still = { ...board, schools: new Map(), stations: new Map() }
    const kept: KeptBoard = { board: still, savedAt: Date.now() }
    await this.write('board', kept)
    if (board.schools !== before?.schools) await this.write('schools', board.schools)
    if (board.stations !== before?.stations) await this.write('stations', board.stations)
  }

  /** Whether somebody left while nobody could be told: the session must still be ended. */
  isLeaving = async (): Promise<boolean> => (await this.read<boolean>('leaving')) === true
  keepLeaving = (): Promise<void> => this.write('leaving', true)

  /** Nothing of the picture and nobody's name stays; presses wait for their account's next login. */
  async forget(): Promise<void> {
    await this.database?.clear('kept')
  }

  private async read<T>(key: string): Promise<T | undefined> {
    return (await this.database?.get('kept', key).catch(() => undefined)) as T | undefined
  }

  private async write(key: string, value: unknown): Promise<void> {
    // What cannot be kept is asked for again at the next start.
    await this.database?.put('kept', value, key).catch((error: unknown) => console.warn(error))
  }
}
