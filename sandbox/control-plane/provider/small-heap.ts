import v8 from "node:v8";

// The engine runs a process for each provider instance: better many small collections of garbage than much memory for it.
v8.setFlagsFromString("--semi-space-growth-factor=1");
