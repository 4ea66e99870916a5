export function deploy() {
  return {};
}
