// SPDX-License-Identifier: GPL-3.0-or-later
//! Stress runs as JUnit XML, for build servers.
#pragma once
#include "ledger/stress/report.h"

#include <QtCore/QByteArray>

namespace tallystick {

/// A test suite a run, a test case an invariant, expectation or threshold: invalid ones are
/// failures, unknown ones are errors.
[[nodiscard]] QByteArray junitReport(const QList<Report>& reports);

} // namespace tallystick
