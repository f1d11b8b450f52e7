import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withDatabase } from '../../../../tests/database.ts'

test('whoever looks at one application of a great call does not wait until everybody’s participants are read', () =>
  withDatabase((database) =>
    database.connection().execute(async (connection) => {
      // Of applications that are not there: nothing but the number of rows matters.
      await sql`set session_replication_role = replica`.execute(connection)
      await sql`
        insert into applications.participant (application, position, role, name, country, state, added_by)
        select gen_random_uuid(), 1, 'partner', 'Skola', 'LV', 'accepted', gen_random_uuid()
        from generate_series(1, 5000)`.execute(connection)
      await sql`reset session_replication_role`.execute(connection)
      await sql`analyze applications.participant`.execute(connection)
      // Those who left included: limits across applications ask so.
      const { rows } = await sql<{ 'QUERY PLAN': string }>`
        explain select (select count(*) from applications.participant p where p.application = a.id)
        from (select gen_random_uuid() as id offset 0) a`.execute(connection)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      assert.match(plan, /Index.* Scan using participants_of_an_application/, plan)
    })
  ))
