// SPDX-License-Identifier: GPL-3.0-or-later
//! Names and e-mail addresses of people from many places.
#pragma once
#include "ledger/lab/demorandom.h"

#include <QtCore/QByteArray>

namespace tallystick {

struct DemoPerson
{
    QByteArray name;        ///< as the person writes it, UTF-8
    QByteArray email;       ///< unique by \a number; at a domain reserved for examples (RFC 2606)
    int hoursEastOfUtc = 0; ///< where the person sleeps at night
};

[[nodiscard]] DemoPerson personNumbered(qint64 number, DemoRandom& random);

} // namespace tallystick
