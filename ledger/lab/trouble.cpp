// SPDX-License-Identifier: GPL-3.0-or-later
//! Which words of PostgreSQL and of the C library mean what.
#include "ledger/lab/trouble.h"

#include <array>

namespace tallystick {

namespace {

struct Symptom
{
    const char* words;
    Failure::Kind kind;
};

// The first that fits wins: a full disk shows itself in many follow-up complaints.
constexpr std::array symptoms{
    Symptom{"No space left on device", Failure::Kind::ServerFull},
    Symptom{"Check free disk space", Failure::Kind::ServerFull},
    Symptom{"Disk quota exceeded", Failure::Kind::ServerFull},
    Symptom{"File too large", Failure::Kind::ServerFull},
    Symptom{"File size limit exceeded", Failure::Kind::ServerFull},
    Symptom{"Cannot allocate memory", Failure::Kind::ServerFull},
    Symptom{"could not fork", Failure::Kind::ServerFull},
    Symptom{"Too many open files", Failure::Kind::ServerFull},
    Symptom{"Read-only file system", Failure::Kind::FileTrouble},
    Symptom{"Permission denied", Failure::Kind::FileTrouble},
    Symptom{"Operation not permitted", Failure::Kind::FileTrouble},
    Symptom{"has wrong ownership", Failure::Kind::FileTrouble},
    Symptom{"Unix-domain socket", Failure::Kind::FileTrouble},
    Symptom{"lock file", Failure::Kind::FileTrouble},
};

} // namespace

Failure troubleSaid(const QString& words, const QString& step, Failure::Kind otherwise)
{
    Failure failure{.kind = otherwise, .statement = step, .text = words};
    for (const Symptom& symptom : symptoms) {
        if (words.contains(QLatin1String(symptom.words))) {
            failure.kind = symptom.kind;
            break;
        }
    }
    return failure;
}

} // namespace tallystick
