#!/usr/bin/env node
/**
 * `npm start`: installs and builds what is missing, then serves. Starts on Node 20 and goes on under Node 24.
 */
import { ensureBuilt } from './build.js'
import { ensureInstalled } from './install.js'
import { underNode24 } from './node24.js'

ensureInstalled()
await underNode24()
ensureBuilt()
const { runServer } = await import('../src/run-server.ts')
await runServer()
