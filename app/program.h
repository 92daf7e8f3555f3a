// SPDX-License-Identifier: GPL-3.0-or-later
//! The whole program behind main().
#pragma once

namespace tallystick {

/// Answers the process's exit code.
[[nodiscard]] int runProgram(int argc, char** argv);

} // namespace tallystick
