import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

import svelteConfig from './svelte.config.js'

export default ts.config(
  { ignores: ['dist/', 'coverage/', 'src/bindings/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig, extraFileExtensions: ['.svelte'] } },
  },
  {
    rules: {
      // TypeScript knows what is defined.
      'no-undef': 'off',
      'no-restricted-imports': 'off',
    },
  },
  {
    // WebKit takes a list without marks for no list, and a screen reader then says neither that it is one nor how long.
    files: ['**/*.svelte'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'SvelteElement[name.name=/^(ul|ol)$/] > SvelteStartTag:has(SvelteLiteral[value=/\\bplain\\b/]):not(:has(SvelteAttribute[key.name="role"]))',
          message: 'A list without marks says that it is one: role="list".',
        },
      ],
    },
  },
  {
    // One file talks to the shell.
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    ignores: ['src/api.ts', 'src/bindings/**', 'src/**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['@tauri-apps/*', '**/bindings', '**/bindings/*'] }],
    },
  },
)
