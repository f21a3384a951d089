import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

/**
 * Four programs: the desktop app, the headless host and the workers, side by side in `out/main` (chunks too, so that
 * `new URL('./…', import.meta.url)` means the same folder from every file), and the window in `out/renderer`. Packages are
 * not bundled into main: they load from node_modules. There is no preload script: the window talks over `app://` or HTTP.
 */
export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      rollupOptions: {
        input: {
          index: resolve(root, 'src-main/index.ts'),
          headless: resolve(root, 'src-main/headless.ts'),
          'query-worker': resolve(root, 'src-main/storage/query-worker.ts'),
          'upkeep-worker': resolve(root, 'src-main/host/upkeep-worker.ts'),
          'ngrok-worker': resolve(root, 'src-main/tunnel/ngrok/worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    plugins: [react()],
    build: {
      sourcemap: true,
      minify: true,
      // Fonts and pictures stay files: the window's content security policy allows no `data:` fonts.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: resolve(root, 'src-renderer/index.html') } },
    },
  },
});
