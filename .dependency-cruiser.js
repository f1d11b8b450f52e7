/**
 * Who may import whom (docs/house-style.md, section 1). Checked by `npm run check`.
 *
 * routes, api, cli, worker → modules → shared → libraries; a module may import modules of a lower level, through
 * their doors; `shared` knows no module.
 */

/** The modules, lowest level first. Those of one level do not know each other. */
const levels = [
  ['people', 'programmes'],
  ['organisations'],
  ['directory'],
  ['calls'],
  ['listings', 'applications', 'self-assessment', 'reference', 'results'],
  ['assessment'],
  ['awards'],
  ['reporting', 'spaces'],
  ['credentials'],
  ['exchange'],
  ['operations']
]

const anyOf = (names) => `(${names.join('|')})`
const shell = '^src/(routes|api|cli|worker|demo|[^/]+$)'
const test = '\\.test\\.ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...levels.map((names, level) => ({
      name: `level-${level + 1}-looks-down`,
      comment: `${names.join(', ')} may import modules of a lower level only.`,
      severity: 'error',
      from: { path: `^src/modules/${anyOf(names)}/` },
      to: {
        path: `^src/modules/${anyOf(levels.slice(level).flat())}/`,
        // Within one's own module everything goes.
        pathNot: '^src/modules/$1/'
      }
    })),
    {
      name: 'module-has-a-level',
      comment: 'A new module gets a level, in the list above and in docs/house-style.md.',
      severity: 'error',
      from: { pathNot: '^node_modules' },
      to: { path: '^src/modules/[^/]+/', pathNot: `^src/modules/${anyOf(levels.flat())}/` }
    },
    {
      name: 'modules-have-two-doors',
      comment: 'Another module is entered by its index.ts or index.server.ts.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: {
        path: '^src/modules/[^/]+/',
        pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index(\\.server)?\\.ts$']
      }
    },
    {
      name: 'shell-mounts-and-enters-by-doors',
      comment: 'The shell enters by the doors, and mounts pages/, api.ts, jobs.ts and personal-data.ts.',
      severity: 'error',
      from: { path: shell, pathNot: test },
      to: {
        path: '^src/modules/[^/]+/',
        pathNot: [
          '^src/modules/[^/]+/(index(\\.server)?|api|jobs|personal-data)\\.ts$',
          '^src/modules/[^/]+/pages/'
        ]
      }
    },
    {
      name: 'modules-do-not-know-the-shell',
      comment: 'A module knows the shape of the app (src/app.ts), and nothing else of the shell.',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: shell, pathNot: '^src/app\\.ts$' }
    },
    {
      name: 'shared-knows-no-module',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/', pathNot: '^src/shared/' }
    },
    {
      name: 'front-door-is-safe-in-a-browser',
      comment: 'What index.ts leads to must not need a server.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/index\\.ts$' },
      to: { path: '\\.server\\.ts$|^src/shared/database/|^node_modules/(pg|kysely|pino)/', reachable: true }
    },
    {
      name: 'product-does-not-need-tests',
      severity: 'error',
      from: { path: '^(src|tools|migrations)/', pathNot: [test, '^tools/(test|bench)'] },
      to: { path: ['^tests/', test] }
    },
    {
      name: 'product-needs-no-development-packages',
      comment: 'What runs in production is a dependency. The site is compiled, so its compiler is not.',
      severity: 'error',
      from: {
        path: '^(src|migrations)/',
        pathNot: [test, '\\.svelte$', '^src/(routes|hooks|params|app\\.d)']
      },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/(svelte|@sveltejs)/'
      }
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one, or lack a third; types too.',
      severity: 'error',
      from: {},
      to: { circular: true }
    },
    {
      name: 'no-drawers',
      comment: 'A folder is named for what is in it.',
      severity: 'error',
      from: { pathNot: '^node_modules' },
      to: {
        pathNot: '^node_modules',
        path: ['/(utils|util|helpers|helper|common|misc)/', '/(utils|util|helpers|helper|common|misc)[.]']
      }
    },
    {
      name: 'imports-exist',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: ['^\\$app', '\\$types$', '^\\./\\$types', '^#generated/', '^@sveltejs/kit']
      }
    }
  ],
  options: {
    doNotFollow: { path: ['^node_modules', '^\\.generated', '^build'] },
    exclude: { path: ['^\\.svelte-kit', '^build/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'svelte', 'types', 'default'],
      extensions: ['.ts', '.js', '.svelte', '.d.ts', '.mjs']
    }
  }
}
