import assert from 'node:assert/strict'
import { test } from 'node:test'
import { own, share, written } from '../../../../../tests/cast/budget-at-work.ts'
import { ok } from '../../../../../tests/cast/calls-at-desk.ts'
import type { App } from '../../../../app.ts'
import { saveBudgetLine } from '../../actions/save-budget-line.ts'
import { newRow } from '../../path.ts'
import { load, plainText } from './copy-out.server.ts'

test('Maria copies who takes part, with the codes that may be seen, and the budget by participant', () =>
  written(async (all) => {
    const { at, application, database, maria, places } = all
    const code = (organisation: string, kind: 'oid' | 'pic', value: string) =>
      database
        .insertInto('organisations.fact')
        .values({
          ...{ organisation, kind, value, detail: '', source: 'organisation', level: 'self-declared' },
          since_revision: 1
        })
        .execute()
    await code(places.mariasSchool, 'oid', 'E10208891')
    // Jonas's school shows its codes to nobody.
    await code(places.jonasSchool, 'pic', '999871830')
    const save = (place: number, cents: number) =>
      saveBudgetLine(at, maria, application.code, {
        id: newRow(),
        seen: 0,
        line: share(own(all, place), cents)
      })
    ok(await save(0, 90_000_00))
    ok(await save(1, 30_000_00))
    const app = { ...at, bodiesFor: async () => [] } as unknown as App
    const event = {
      locals: { app, language: 'lv' as const, caller: maria },
      params: { application: application.code },
      url: new URL('https://kopa.example/lv')
    }
    const text = (await (await plainText(event)).text()).replaceAll('\u00a0', ' ')
    assert.match(text, /Organizācija\tLoma\tValsts\tOID\tPIC\tKods Kopā\n/)
    assert.match(text, /Mārupes pamatskola\tKoordinators\tLatvija\tE10208891\t\t\S+\n/)
    assert.match(text, /Vilniaus gimnazija\tPartneris\tLietuva\t\t\t\S+\n/)
    assert.match(text, /\tMārupes pamatskola\tVilniaus gimnazija\tKopā/)
    assert.match(text, /\nKopā\t90000\t30000\t120000/)
    assert.match(text, /\tLasītava\t90000/)

    const { parts } = await load(event)
    const order = parts.map(({ path }) => path.replace(/@.*/, ''))
    assert.ok(order.indexOf('consortium') === order.indexOf('profile') - 1, order.join())
    const budget = parts.find(({ path }) => path === 'budget')!
    assert.ok(budget.answers.length > 0 && budget.tables.length > 1)
    assert.ok(budget.tables.every(({ copied }) => copied.includes('\t')))
  }))
