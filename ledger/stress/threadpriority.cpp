// SPDX-License-Identifier: GPL-3.0-or-later
//! The nice value of one thread.
#include "ledger/stress/threadpriority.h"

#include <QtCore/QtGlobal>

#ifdef Q_OS_LINUX
    #include <sys/resource.h>
#endif

namespace tallystick {

void lowerThreadPriority()
{
#ifdef Q_OS_LINUX
    constexpr int lowest = 19;
    setpriority(PRIO_PROCESS, 0, lowest); // 0: this thread
#endif
}

} // namespace tallystick
