// SPDX-License-Identifier: GPL-3.0-or-later
//! The verbs that draw: the window and the pictures of it.
#pragma once
#include "app/composition.h"
#include "app/options.h"
#include "app/output.h"

namespace tallystick {

/// main()'s own: QApplication keeps references to them.
struct Arguments
{
    int count = 0;
    char** values = nullptr;
};
/// Asked for once the application exists: the default place of the lab depends on its name.
using Where = std::function<Whereabouts()>;

/// Opens the window and stays until it is closed. Without a display it says so.
[[nodiscard]] ExitCode runWindow(const WindowOptions& options, const Where& where,
                                 Arguments arguments, Console& console);
/// Renders every view offscreen.
[[nodiscard]] ExitCode runPictures(const PicturesOptions& options, const Where& where,
                                   Arguments arguments, Interrupt& interrupt, Console& console);

} // namespace tallystick
