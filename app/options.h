// SPDX-License-Identifier: GPL-3.0-or-later
//! A command line as typed values.
#pragma once
#include "app/grammar.h"
#include "ledger/core/credits.h"
#include "ledger/core/instant.h"
#include "ledger/core/transaction.h"
#include "ledger/core/user.h"
#include "ledger/core/way.h"
#include "ledger/lab/demodata.h"

#include <QtCore/QString>

#include <optional>
#include <variant>

namespace tallystick {

struct HelpOptions
{
    QString words; ///< of the verb or group; empty: everything
};
struct VersionOptions
{
};
struct WindowOptions
{
    QString user; ///< opens this customer
    QString page; ///< "", "customers" or "stress"
};

enum class LabAction { Start, Stop, Status, Reset, Uri, Path };
struct LabOptions
{
    LabAction action = LabAction::Status;
    bool isConfirmed = false; ///< of stop and reset: also while others use the lab
    bool json = false;
};
struct SeedOptions
{
    DemoPlan plan;
    bool json = false;
};
struct MarkOptions
{
    bool isConfirmed = false;
    bool json = false;
};

struct UsersOptions
{
    UsersQuery query;
    bool json = false;
};
struct UserCreateOptions
{
    QString id;
    QString email;
    QString name;
    bool withBalanceRow = true;
    bool json = false;
};
struct UserShowOptions
{
    QString id;
    bool json = false;
};
enum class Format { Text, Json, Csv };
struct HistoryOptions
{
    QString id;
    int limit = 100;
    std::optional<HistoryCursor> before;
    QList<TransactionType> types;
    Format format = Format::Text;
};
struct BalanceOptions
{
    QString id;
    std::optional<Instant> at;
    bool json = false;
};
struct VerifyOptions
{
    std::optional<QString> id; ///< none: all
    bool json = false;
};

enum class Operation { TopUp, Spend, Reward, Refund, Reverse, Activate };
struct PostingOptions
{
    Operation operation = Operation::TopUp;
    QString id;
    Credits amount;
    std::optional<Credits> ceiling;
    QString step;    ///< of a reward
    QString subject; ///< key of the payment, or of the transaction to reverse or activate
    std::optional<QString> key;
    std::optional<QString> newKey;
    QString reason;
    bool json = false;
};

struct ReportFiles
{
    QString json, html, junit, hlog, csv; ///< empty: not wanted
};
struct StressListOptions
{
    bool json = false;
};
struct StressSchemaOptions
{
};
struct StressRunOptions
{
    QString scenario; ///< name of a built-in one, or a file
    std::optional<Way> way;
    std::optional<int> clients;
    std::optional<double> rate; ///< operations a second; the load is open then
    std::optional<double> seconds;
    std::optional<qint64> operations;
    std::optional<int> users;
    std::optional<qint64> seed;
    bool keepUsers = false;
    ReportFiles files;
    bool isQuiet = false;
};
struct StressSuiteOptions
{
    std::optional<Way> way; ///< none: every way
    ReportFiles files;
    bool isQuiet = false;
};
struct StressCompareOptions
{
    QString a, b; ///< JSON reports of one run each
    ReportFiles files;
};
struct StressControlsOptions
{
    ReportFiles files;
    bool isQuiet = false;
};

struct PicturesOptions
{
    QString output;
    bool isDark = false;
    int width = 1600;
    int height = 1000;
    int scale = 1;
};

using Verb =
    std::variant<HelpOptions, VersionOptions, WindowOptions, LabOptions, SeedOptions, MarkOptions,
                 UsersOptions, UserCreateOptions, UserShowOptions, HistoryOptions, BalanceOptions,
                 VerifyOptions, PostingOptions, StressListOptions, StressSchemaOptions,
                 StressRunOptions, StressSuiteOptions, StressControlsOptions, StressCompareOptions,
                 PicturesOptions>;

/// What the whole command line asks for.
struct Options
{
    std::optional<QString> connection; ///< as given; none: the environment, then the lab
    QString data;                      ///< where the lab lives; empty: the default place
    Verb verb;
};

/// Pure: looks at nothing but \a arguments (without the program's name).
[[nodiscard]] std::variant<Options, WrongUsage> parseOptions(const QStringList& arguments);

} // namespace tallystick
