import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['build/', '.svelte-kit/', '.generated/', 'data/', 'data-*/', 'bench/', 'node_modules/'] },
  tseslint.configs.recommended,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: tseslint.parser }
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      // One way to export, so that a name can be searched for.
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Node runs the sources as they are: use a union of texts.' }
      ],
      // The compiler knows better which names exist.
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  {
    // The one clock is the app's: what is decided must not depend on when it is computed.
    files: ['src/modules/**/*.ts', 'src/shared/rules/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The clock is passed in.' },
        { object: 'Math', property: 'random', message: 'Decisions are the same every time.' }
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'The clock is passed in.'
        },
        {
          selector: 'MemberExpression[object.name="Temporal"][property.name="Now"]',
          message: 'The clock is passed in.'
        }
      ]
    }
  },
  {
    files: ['**/*.svelte', 'src/routes/**'],
    rules: {
      // Svelte's own way to take what a component is given: let { … } = $props().
      'prefer-const': 'off',
      // Addresses are built by us: the language stands in front of each.
      'svelte/no-navigation-without-resolve': 'off'
    }
  }
)
