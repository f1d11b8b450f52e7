import { test } from 'node:test'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { manyAlike, whileOthersTake } from '../../../../tests/cast/lock-order.ts'
import { recordsMerged } from './merged-records.server.ts'

test('two records are brought together while their applications are handed in: neither waits for ever', () =>
  withConsortium(async (consortium) => {
    const { database, places } = consortium
    const ids = await manyAlike(consortium)
    await whileOthersTake(consortium, ids, () => recordsMerged(database, [places.mariasSchool!]))
  }))
