// The Slack emulator listens on every interface and has no option for it: preloaded, this keeps it on loopback.
const net = require("node:net");

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  const given = typeof rest[0] === "string" ? rest.slice(1) : rest.filter((value) => typeof value === "function");
  return listen.call(this, port, "127.0.0.1", ...given);
};
