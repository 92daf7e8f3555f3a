// SPDX-License-Identifier: GPL-3.0-or-later
//! Says how the row moved the balance, then its facts, then its metadata.
#include "ui/history/transactiondetails.h"

#include "ui/history/metadataview.h"
#include "ui/history/statementmodel.h"
#include "ui/shared/chip.h"
#include "ui/shared/emptystate.h"
#include "ui/shared/factlist.h"
#include "ui/shared/format.h"
#include "ui/shared/label.h"
#include "ui/shared/words.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>

namespace tallystick {

using theme::Role;
using theme::Type;

namespace {

constexpr int leastMetadata = 140;

} // namespace

TransactionDetails::TransactionDetails(QWidget* parent)
    : QWidget(parent)
    , m_pages(new QStackedWidget)
    , m_amount(new Label(Type::Number, Role::Text))
    , m_movement(new Label(Type::Body, Role::Secondary))
    , m_type(new Chip({}, Role::Secondary))
    , m_facts(new FactList)
    , m_metadata(new MetadataView)
{
    QFont large = theme::font(Type::Section);
    large.setPixelSize(20);
    m_amount->setFont(large);
    m_amount->setObjectName(QStringLiteral("detailsAmount"));
    m_movement->setWordWrap(true);
    auto* page = new QWidget;
    auto* top = new QHBoxLayout;
    top->addWidget(m_amount);
    top->addStretch();
    top->addWidget(m_type);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(theme::margin, 12, theme::group, theme::gap);
    column->setSpacing(theme::gap);
    column->addLayout(top);
    column->addWidget(m_movement);
    column->addWidget(m_facts);
    column->addWidget(m_metadata, 1);
    auto* empty = new EmptyState;
    empty->show({.iconName = QStringLiteral("receipt"),
                 .title = tr("No row selected"),
                 .sentence = tr("Choose a row of the statement to see all of it.")});
    m_pages->addWidget(empty);
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    auto* scroll = new QScrollArea; // below a statement there may be little height
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(page);
    m_metadata->setMinimumHeight(leastMetadata);
    m_pages->addWidget(scroll);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void TransactionDetails::clear()
{
    m_pages->setCurrentIndex(0);
}

void TransactionDetails::show(const Transaction& row)
{
    m_amount->setText(format::signedAmount(row.amount));
    m_type->setText(row.active ? words::word(row.type) : tr("Pending"));
    m_type->setRole(row.active ? roleOf(row.type) : Role::Warning);
    if (!row.active)
        m_movement->setText(tr("Not counted yet: it moves no balance until it is activated."));
    else if (const auto before =
                 row.runningBalance ? row.runningBalance->minus(row.amount) : std::nullopt)
        m_movement->setText(tr("Balance %1 → %2")
                                .arg(format::amount(*before), format::amount(*row.runningBalance)));
    else
        m_movement->setText(tr("This row carries no balance."));
    const QString reason = row.metadata.value(QLatin1String("reason")).toString();
    m_facts->show(
        {{.name = tr("Time"), .value = format::preciseTime(row.createdAt) + tr(" UTC")},
         {.name = tr("Requested"),
          .value = row.requested ? format::signedAmount(*row.requested) : QString()},
         {.name = tr("Limited by"), .value = row.metadata.value(QLatin1String("clamp")).toString()},
         {.name = tr("Reason"), .value = reason},
         {.name = tr("Sequence"), .value = row.sequence ? format::count(*row.sequence) : QString()},
         {.name = tr("Stored type"), .value = row.typeLabel},
         {.name = tr("Key"), .value = row.key.text(), .isId = true}});
    m_metadata->show(row.metadata, row.metadataText);
    m_pages->setCurrentIndex(1);
}

} // namespace tallystick
