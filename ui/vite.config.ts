import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const gateway = process.env.ACM2_GATEWAY_URL ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  define: {
    "import.meta.env.ACM2_BUILD_ID": JSON.stringify(process.env.ACM2_BUILD_ID ?? "development"),
  },
  build: {
    outDir: "target/classes/META-INF/resources",
    emptyOutDir: true,
    // A data: URL would break the content security policy, so every asset stays a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
  },
  server: { proxy: { "/api": { target: gateway, changeOrigin: true } } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
