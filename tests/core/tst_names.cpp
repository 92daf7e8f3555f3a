// SPDX-License-Identifier: GPL-3.0-or-later
//! Words that leave the program (types, ways, faults, clamps) are fixed and come back as values.
#include "ledger/core/posting.h"
#include "ledger/core/transactiontype.h"
#include "ledger/core/way.h"

#include <QtCore/QSet>
#include <QtTest/QtTest>

using namespace tallystick;
using namespace Qt::StringLiterals;

class tst_Names final : public QObject
{
    Q_OBJECT

private slots:
    void typesAreTheDatabasesLabels()
    {
        const QStringList labels{u"TOP_UP"_s, u"USAGE"_s,      u"GRANT"_s,
                                 u"REFUND"_s, u"CARD_CHECK"_s, u"SUBSCRIPTION"_s};
        QStringList found;
        for (const TransactionType type : writableTypes) {
            found.append(labelOf(type));
            QCOMPARE(typeWithLabel(labelOf(type)), type);
        }
        QCOMPARE(found, labels);
    }

    void unknownLabelsAreOther()
    {
        for (const QString& label : {u"GIFT"_s, u"top_up"_s, u" TOP_UP"_s, QString()})
            QCOMPARE(typeWithLabel(label), TransactionType::Other);
        QCOMPARE(labelOf(TransactionType::Other), QString());
    }

    void waysComeBack()
    {
        QCOMPARE(nameOf(Way::RowLock), u"row-lock"_s);
        QCOMPARE(nameOf(Way::Function), u"function"_s);
        for (const Way way : allWays)
            QVERIFY(wayNamed(nameOf(way)) == way);
        QVERIFY(!wayNamed(u"combined "_s));
        QVERIFY(!wayNamed(QString()));
    }

    void faultsComeBackEachUnderItsOwnName()
    {
        QSet<QString> names;
        for (const Fault fault : allFaults) {
            names.insert(nameOf(fault));
            QVERIFY(faultNamed(nameOf(fault)) == fault);
            QVERIFY(!wayNamed(nameOf(fault)));
        }
        QCOMPARE(names.size(), qsizetype(allFaults.size()));
        QCOMPARE(size_t(allFaults.back()), allFaults.size() - 1);
        QVERIFY(!faultNamed(u"NoLock"_s));
    }

    void clampsAreTheWordsKeptInMetadata()
    {
        QCOMPARE(labelOf(Clamp::None), QString());
        QCOMPARE(labelOf(Clamp::Ceiling), u"ceiling"_s);
        QCOMPARE(labelOf(Clamp::Range), u"range"_s);
    }
};

QTEST_GUILESS_MAIN(tst_Names)
#include "tst_names.moc"
