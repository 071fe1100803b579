/* Rows in ascending order of their attribute values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SURVEY_ORDER_H
#define VE_SURVEY_ORDER_H

#include "survey/shard.h"

/* *order is the caller's to free: shard->count numbers of records, by attribute 0, then 1, ... */
ve_code ve_shard_order(const ve_shard *shard, uint32_t **order);

#endif
