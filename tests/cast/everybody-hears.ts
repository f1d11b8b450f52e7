import type { Database } from '#shared/database/index.ts'
import { type Listener, deliver, dispatch } from '#shared/events/index.ts'
import { listeners as mounted } from '../../src/worker/mounted-jobs.ts'

/** Lets every module hear of what was announced, and of what is announced by that. */
export async function everybodyHears<App extends { database: Database }>(app: App): Promise<void> {
  const listeners = mounted as unknown as Listener<{ database: Database }>[]
  for (let rounds = 0; rounds < 3; rounds++) {
    await dispatch(app.database, listeners)
    const open = await app.database
      .selectFrom('events.delivery')
      .select(['event', 'listener'])
      .where('handled_at', 'is', null)
      .execute()
    for (const { event, listener } of open)
      await deliver(
        app,
        listeners.find(({ name }) => name === listener)!,
        { event }
      )
  }
}
