import { parseArgs } from 'node:util'
import { Refusal } from '#shared/operating/refusal.ts'
import { type Language, type Say, isLanguage, languages, texts } from '#shared/texts/index.ts'
import { operatorLanguage } from '../operator-language.ts'
import { type Call, type Command, exit } from './command.ts'

/** The subcommands, in the order of the help: each is a file of this folder. */
const names = [
  'check',
  'actions',
  'explain',
  'validate',
  'work',
  'admin',
  'organisations',
  'backup',
  'restore',
  'audit'
] as const

process.exitCode = await main(process.argv.slice(2))

/** Runs the subcommand that the arguments name. @returns the exit status */
async function main(given: string[]): Promise<number> {
  const { language, json, help, wrongLanguage, rest } = forAll(given)
  const t = texts(language)
  if (wrongLanguage !== undefined) {
    return complain(t('cli.wrong-language', { value: wrongLanguage, allowed: languages.join(', ') }))
  }
  const [name, ...args] = rest
  if (name === undefined || name === 'help') {
    console.log(await overview(t))
    return help || name === 'help' ? exit.done : exit.wrongUse
  }
  if (!isCommand(name)) {
    return complain(
      name.startsWith('-') ? t('cli.option-first', { option: name }) : t('cli.no-such-command', { name }),
      t('cli.see-help', { command: './kopa --help' })
    )
  }
  const command = await load(name)
  if (help) {
    console.log(helpOf(command, t))
    return exit.done
  }
  const call = parsed(command, args, { language, t, json })
  if (typeof call === 'string') return complain(call, t('cli.see-help', { command: `./kopa ${name} --help` }))
  return run(command, call)
}

/** Options that every command has may stand anywhere before “--”. */
function forAll(given: string[]) {
  const end = given.indexOf('--') < 0 ? given.length : given.indexOf('--')
  const rest: string[] = []
  let language: Language = operatorLanguage()
  let json = false
  let help = false
  let wrongLanguage: string | undefined
  for (let at = 0; at < given.length; at++) {
    const argument = given[at]!
    if (at >= end) rest.push(argument)
    else if (argument === '--json') json = true
    else if (argument === '--help' || argument === '-h') help = true
    else if (argument === '--lang' || argument.startsWith('--lang=')) {
      const value = argument === '--lang' ? (given[++at] ?? '') : argument.slice('--lang='.length)
      if (isLanguage(value)) language = value
      else wrongLanguage = value
    } else rest.push(argument)
  }
  return { language, json, help, wrongLanguage, rest }
}

function isCommand(name: string): name is (typeof names)[number] {
  return (names as readonly string[]).includes(name)
}

async function load(name: (typeof names)[number]): Promise<Command> {
  const { command } = (await import(`./${name}.ts`)) as { command: Command }
  return command
}

function parsed(
  command: Command,
  args: string[],
  rest: { language: Language; t: Say; json: boolean }
): Call | string {
  const { t } = rest
  try {
    const { values, positionals } = parseArgs({ args, options: command.options, allowPositionals: true })
    const { least, most } = command.arguments
    if (positionals.length < least) return t('cli.argument-missing', { usage: usageOf(command) })
    if (positionals.length > most) {
      return t('cli.argument-too-many', { argument: positionals[most]!, usage: usageOf(command) })
    }
    return {
      arguments: positionals,
      options: values as Call['options'],
      ...rest,
      write: (line) => console.log(line),
      remark: (line) => console.error(line)
    }
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) throw error
    const option = /'(-[^'\s]*)/.exec((error as Error).message)?.[1] ?? ''
    const known = Object.keys(command.options).map((known) => `--${known}`)
    if (known.includes(option)) return t('cli.option-value', { option })
    return t('cli.option-unknown', { option, allowed: [...known, '--json', '--lang', '--help'].join(', ') })
  }
}

async function run(command: Command, call: Call): Promise<number> {
  try {
    return await command.run(call)
  } catch (error) {
    if (error instanceof Refusal) {
      console.error(error.say(call.t))
      return exit.refused
    }
    // An accident: whoever mends it needs all of it.
    console.error(call.t('cli.accident', { command: command.name }))
    console.error(error)
    return exit.accident
  }
}

async function overview(t: Say): Promise<string> {
  const commands = await Promise.all(names.map(load))
  const width = Math.max(...commands.map((command) => usageOf(command).length))
  const lines = commands.map(
    (command) => `  ${usageOf(command).padEnd(width)}  ${t(command.summary as 'cli.backup.summary')}`
  )
  return [t('cli.overview'), '', ...lines, '', t('cli.options-of-all')].join('\n')
}

function helpOf(command: Command, t: Say): string {
  const paragraphs = [
    t(command.summary as 'cli.backup.summary'),
    t(command.help as 'cli.backup.help'),
    t('cli.options-of-all')
  ]
  return [usageOf(command), ...paragraphs].join('\n\n')
}

function usageOf(command: Command): string {
  return `./kopa ${command.name} ${command.usage}`.trimEnd()
}

function complain(...lines: string[]): number {
  for (const line of lines) console.error(line)
  return exit.wrongUse
}
