// SPDX-License-Identifier: GPL-3.0-or-later
//! Starts the program.
#include "app/program.h"

int main(int argc, char** argv)
{
    return tallystick::runProgram(argc, argv);
}
