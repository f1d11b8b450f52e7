import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { withDatabase } from '../../tests/database.ts'
import { root } from '../configuration.ts'

const run = promisify(execFile)

test('an operator makes the first administrator, and is given a link, never asked for a password', () =>
  withDatabase(async (database, address) => {
    const kopa = (...args: string[]) =>
      run(process.execPath, [join(root, 'src/cli/main.ts'), 'admin', ...args], {
        cwd: root,
        env: { ...process.env, DATABASE_URL: address, KOPA_ORIGIN: 'https://kopa.example.eu' }
      }).then(
        ({ stdout }) => ({ code: 0, said: stdout }),
        ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr })
      )
    const made = await kopa(
      'create',
      '--email',
      'liga@kopa.example',
      '--name',
      'Līga Kalniņa',
      '--lang',
      'en'
    )
    assert.equal(made.code, 0, made.said)
    assert.match(made.said, /Līga Kalniņa is an administrator now/)
    assert.match(made.said, /https:\/\/kopa\.example\.eu\/en\/sign-in\/password\?link=[\w-]{43}\n/)
    const roles = await database.selectFrom('people.role').select('role').execute()
    assert.deepEqual(roles, [{ role: 'administrator' }])

    const wrong = await kopa('create', '--email', 'liga', '--lang', 'en')
    assert.equal(wrong.code, 64)
    assert.match(wrong.said, /--email: .*complete e-mail address/)
    assert.match(wrong.said, /--name: This is needed/)
    assert.equal((await kopa('delete', '--lang', 'en')).code, 64)
  }))
