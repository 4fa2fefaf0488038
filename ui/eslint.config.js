import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Reading the clock or the dice belongs to a shell: models and components take them as values. */
const impure = ["error"].concat(
  [
    ["CallExpression[callee.object.name='Date'][callee.property.name='now']", "useNow()"],
    ["NewExpression[callee.name='Date'][arguments.length=0]", "useNow()"],
    ["CallExpression[callee.name='Date']", "useNow()"],
    ["CallExpression[callee.object.name='performance'][callee.property.name='now']", "useNow()"],
    ["CallExpression[callee.object.name='Math'][callee.property.name='random']", "a parameter"],
  ].map(([selector, instead]) => ({ selector, message: `Take it from ${instead}.` })),
);

export default defineConfig(
  globalIgnores(["target", "node_modules", "src/api/schema.d.ts"]),
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      reactHooks.configs.flat["recommended-latest"],
      jsxA11y.flatConfigs.strict,
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "no-restricted-syntax": impure,
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Clicking anywhere in a row is a convenience; the same action is a real button inside it.
      "jsx-a11y/no-noninteractive-tabindex": [
        "error",
        { roles: ["region", "tabpanel", "log"], tags: [] },
      ],
    },
  },
  {
    files: ["**/*.test.ts", "e2e/**"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        setTimeout: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
        clearTimeout: "readonly",
        URL: "readonly",
        document: "readonly",
        localStorage: "readonly",
        Buffer: "readonly",
      },
    },
  },
  {
    files: ["scripts/live-bench/watch.mjs"],
    languageOptions: {
      globals: {
        PerformanceObserver: "readonly",
        MessageChannel: "readonly",
        requestAnimationFrame: "readonly",
        addEventListener: "readonly",
        performance: "readonly",
      },
    },
  },
);
