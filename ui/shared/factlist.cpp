// SPDX-License-Identifier: GPL-3.0-or-later
//! Lays the facts out anew each time; there are few of them.
#include "ui/shared/factlist.h"

#include "ui/shared/icons.h"
#include "ui/shared/label.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QToolButton>

namespace tallystick {

FactList::FactList(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(theme::group);
    m_grid->setVerticalSpacing(theme::tight);
    m_grid->setColumnStretch(1, 1);
}

void FactList::show(const QList<Fact>& facts)
{
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    int row = 0;
    for (const Fact& fact : facts)
        if (!fact.value.isEmpty())
            add(row++, fact);
}

void FactList::add(int row, const Fact& fact)
{
    auto* name = new Label(theme::Type::Body, theme::Role::Secondary, fact.name);
    auto* value =
        new Label(fact.isId ? theme::Type::Mono : theme::Type::Body, fact.role, fact.value);
    value->setAccessibleName(fact.name + QLatin1Char(' ') + fact.value);
    name->setMinimumHeight(22);
    m_grid->addWidget(name, row, 0, Qt::AlignLeft | Qt::AlignTop);
    name->show();
    if (!fact.isId) {
        value->setWordWrap(true);
        value->setMinimumHeight(22);
        m_grid->addWidget(value, row, 1, 1, 2, Qt::AlignVCenter);
        value->show();
        return;
    }
    value->setElided(Qt::ElideMiddle);
    auto* copy = new QToolButton;
    copy->setIcon(icons::icon(QStringLiteral("copy"), theme::Role::Secondary));
    copy->setAutoRaise(true);
    copy->setToolTip(tr("Copy"));
    copy->setAccessibleName(tr("Copy %1").arg(fact.name));
    copy->setFixedSize(22, 22);
    connect(copy, &QToolButton::clicked, this,
            [text = fact.value] { QGuiApplication::clipboard()->setText(text); });
    m_grid->addWidget(value, row, 1);
    m_grid->addWidget(copy, row, 2);
    value->show();
    copy->show();
}

} // namespace tallystick
